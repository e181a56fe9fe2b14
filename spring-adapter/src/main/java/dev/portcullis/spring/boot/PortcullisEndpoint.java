package dev.portcullis.spring.boot;

import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Management;
import dev.portcullis.config.Order;
import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.servlet.CallerPrincipal;
import dev.portcullis.store.LedgerUnavailable;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The management endpoint: what operators see of the gate and do to it while it runs. Thread-safe.
 *
 * <p>It is not exposed unless the application exposes it, and denied until a policy names its path. Whoever has not proven who he is
 * changes nothing. Parameters that may be absent say so twice: Boot 3.5 looks for one of the annotations, Boot 4 for the other.
 */
@Endpoint(id = "portcullis")
final class PortcullisEndpoint {

    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final Supplier<Management> management;

    PortcullisEndpoint(Supplier<Management> management) {
        this.management = management;
    }

    /** How the gate stands. */
    @ReadOperation
    Management.Status status() {
        return management.get().reports().status();
    }

    /** One part of what there is to see. */
    @ReadOperation
    WebEndpointResponse<Object> part(
            @Selector String part,
            @org.springframework.lang.Nullable @Nullable String issuer,
            @org.springframework.lang.Nullable @Nullable String client,
            @org.springframework.lang.Nullable @Nullable String tenant,
            @org.springframework.lang.Nullable @Nullable String tier) {
        return switch (part) {
            case "hash" ->
                new WebEndpointResponse<>(
                        Map.of("hash", management.get().reports().status().digest()));
            case "routes" -> new WebEndpointResponse<>(management.get().routes());
            case "schema" -> new WebEndpointResponse<>(management.get().contract());
            case "keys" -> new WebEndpointResponse<>(management.get().reports().keys());
            case "certificates" ->
                new WebEndpointResponse<>(management.get().reports().certificates());
            case "feeds" -> new WebEndpointResponse<>(management.get().reports().feeds());
            case "stores" ->
                new WebEndpointResponse<>(management.get().reports().stores());
            case "usage" -> usage(() -> management.get().usage(issuer, client, tenant, tier));
            case "top" -> usage(() -> management.get().topUsers());
            case "concurrency" ->
                new WebEndpointResponse<>(management.get().reports().concurrency());
            case "numbers" -> new WebEndpointResponse<>(management.get().numbers());
            case "denials" -> new WebEndpointResponse<>(management.get().denials());
            default -> unknown();
        };
    }

    /** A store that is away cannot tell. */
    private static WebEndpointResponse<Object> usage(Supplier<Object> counts) {
        try {
            return new WebEndpointResponse<>(counts.get());
        } catch (RuntimeException e) {
            return problem(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, "could-not-tell", "a count could not be told");
        }
    }

    /** What a write says, as the body's members. */
    @WriteOperation
    WebEndpointResponse<Object> change(
            SecurityContext operator,
            @Selector String action,
            @org.springframework.lang.Nullable @Nullable String what,
            @org.springframework.lang.Nullable @Nullable String value,
            @org.springframework.lang.Nullable @Nullable String issuer,
            @org.springframework.lang.Nullable @Nullable String before,
            @org.springframework.lang.Nullable @Nullable String ttl,
            @org.springframework.lang.Nullable @Nullable String reason) {
        return switch (action) {
            case "revoke" -> deny(operator, new Order(Verb.REVOKE, what, value, issuer, before, ttl, reason));
            case "deny" -> deny(operator, new Order(Verb.DENY, what, value, issuer, before, ttl, reason));
            case "rollback" ->
                asked(operator, by -> new WebEndpointResponse<>(management.get().rollback(reason, by)));
            default -> unknown();
        };
    }

    private static WebEndpointResponse<Object> unknown() {
        return problem(WebEndpointResponse.STATUS_NOT_FOUND, "unknown-part", "there is nothing of this name");
    }

    private WebEndpointResponse<Object> deny(SecurityContext operator, Order order) {
        return asked(operator, by -> new WebEndpointResponse<>(management.get().deny(order, by)));
    }

    /** Lifts a denial. */
    @DeleteOperation
    WebEndpointResponse<Object> lift(SecurityContext operator, @Selector String part, @Selector String id) {
        if (!part.equals("denials")) {
            return unknown();
        }
        return asked(operator, by -> {
            var lifted = management.get().lift(id, by);
            return lifted == null
                    ? problem(
                            WebEndpointResponse.STATUS_NOT_FOUND,
                            "no-such-denial",
                            "none of this id holds, or it is written in the configuration")
                    : new WebEndpointResponse<>(lifted);
        });
    }

    /** Something that is done in somebody's name. */
    private interface Deed {

        WebEndpointResponse<Object> by(String name);
    }

    private WebEndpointResponse<Object> asked(SecurityContext operator, Deed deed) {
        var caller = name(operator);
        if (caller.isBlank()) {
            management.get().refused("change-denied", "nobody", "nobody has proven who asks");
            return problem(FORBIDDEN, "operator-unknown", "the policy of this path must ask who calls");
        }
        try {
            return deed.by(caller);
        } catch (DenyList.Full e) {
            return refused(caller, problem(CONFLICT, "too-many-denials", String.valueOf(e.getMessage())));
        } catch (IllegalStateException | ConfigurationException e) {
            return refused(caller, problem(CONFLICT, "cannot-roll-back", String.valueOf(e.getMessage())));
        } catch (LedgerUnavailable e) {
            return refused(
                    caller,
                    problem(
                            WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                            "could-not-tell",
                            "the ledger is away; nothing was changed"));
        } catch (IllegalArgumentException e) {
            return refused(
                    caller,
                    problem(WebEndpointResponse.STATUS_BAD_REQUEST, "invalid-order", String.valueOf(e.getMessage())));
        }
    }

    /** Who asks, with who vouches for him where the gate knows; empty where nobody has proven that. */
    private static String name(SecurityContext operator) {
        var principal = operator.getPrincipal();
        if (principal instanceof CallerPrincipal caller) {
            return caller.getName() + "@" + caller.caller().issuer();
        }
        return principal == null || principal.getName() == null ? "" : principal.getName();
    }

    private WebEndpointResponse<Object> refused(String by, WebEndpointResponse<Object> answer) {
        management.get().refused("change-denied", by, String.valueOf(answer.getBody()));
        return answer;
    }

    private static WebEndpointResponse<Object> problem(int status, String code, String detail) {
        return new WebEndpointResponse<>(Map.of("status", status, "code", code, "detail", detail), status);
    }
}
