package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one route is protected. Immutable.
 *
 * @param paths the path patterns
 * @param methods the methods; empty for all
 * @param handler the id of the handler; null for a path of a policy
 * @param policies who speaks of it: policies and annotations; empty when nobody does, so that the last word holds
 * @param access who may call
 * @param authentication how callers may say who they are; empty when nobody asks
 * @param scopes the scopes that are demanded, all of them
 * @param anyScopes the scopes of which one is demanded
 * @param limits the rate limits, as `NAME: permits per period by key`
 * @param body what is asked of bodies: `schema` and `max-size`
 * @param contract what only one of an OpenAPI document and the service knows: operations that nobody serves, on the first path of their policy, and
 *     what no operation describes
 * @param sunset when it is over, and since when nobody should use it; empty when nobody says
 * @param spared what detectors of attacks are told not to look at, or to be surer of, and why
 * @param rules the rules in the order in which they are asked; observed ones say so
 * @param lastRequest when it was last called, since the start; null where that is not known, as for most paths of policies
 */
public record RouteReport(
        List<String> paths,
        List<String> methods,
        @Nullable String handler,
        List<String> policies,
        Access access,
        List<String> authentication,
        List<String> scopes,
        List<String> anyScopes,
        List<String> limits,
        List<String> body,
        List<String> contract,
        List<String> sunset,
        List<String> spared,
        List<String> rules,
        @Nullable Instant lastRequest) {

    /** Who may call. */
    public enum Access {
        /** Nobody: no policy speaks of it. */
        DENIED,
        /** Whoever proves who calls, and is permitted. */
        AUTHENTICATED,
        /** Anybody, as a policy says. */
        PUBLIC,
        /** Anybody: nothing enforced asks who calls, and nobody says that this is meant. */
        OPEN
    }

    /** Copies the lists. */
    public RouteReport {
        requireNonNull(access, "access");
        paths = List.copyOf(paths);
        methods = List.copyOf(methods);
        policies = List.copyOf(policies);
        authentication = List.copyOf(authentication);
        scopes = List.copyOf(scopes);
        anyScopes = List.copyOf(anyScopes);
        limits = List.copyOf(limits);
        body = List.copyOf(body);
        contract = List.copyOf(contract);
        sunset = List.copyOf(sunset);
        spared = List.copyOf(spared);
        rules = List.copyOf(rules);
    }

    /** The same with when it was last called, by its templates. */
    RouteReport calledAt(Map<String, Instant> lastRequests) {
        var last = paths.stream()
                .map(lastRequests::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new RouteReport(
                paths,
                methods,
                handler,
                policies,
                access,
                authentication,
                scopes,
                anyScopes,
                limits,
                body,
                contract,
                sunset,
                spared,
                rules,
                last);
    }

    /** Tells whether anybody may call. */
    public boolean isUnprotected() {
        return access == Access.PUBLIC || access == Access.OPEN;
    }
}
