package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Demands that the caller has logged in well enough, and not too long ago (RFC 9470). Immutable.
 *
 * <p>It looks at the claims {@code acr}, {@code amr} (RFC 8176) and {@code auth_time} on every request. A credential that does not say
 * is not good enough. Code: 401 {@code insufficient-user-authentication}, with a challenge that tells the client what to ask the
 * issuer for.
 */
@TrustedBase
public final class StepUp implements Check {

    /** How far ahead the issuer's clock may be. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    private final Demands demands;
    private final Clock clock;
    private final Reply toBearer;
    private final Reply toHolder;

    /**
     * What is demanded. Immutable.
     *
     * @param acr contexts of which {@code acr} must be one, the preferred first; any when empty
     * @param amr methods of which one must be in {@code amr}; any when empty
     * @param maxAge how long ago the login may be; null when it does not matter
     * @param kinds which callers it is demanded of; all when empty
     */
    public record Demands(
            List<String> acr, List<String> amr, @Nullable Duration maxAge, Set<Principal.Kind> kinds) {

        /** Checks that something is demanded, in words that fit into a challenge. */
        public Demands {
            acr = List.copyOf(acr);
            amr = List.copyOf(amr);
            kinds = Set.copyOf(kinds);
            if (acr.isEmpty() && amr.isEmpty() && maxAge == null) {
                throw new IllegalArgumentException("nothing is demanded (expected: `acr`, `amr` or `max-age`)");
            }
            demandPlain("acr", acr);
            demandPlain("amr", amr);
        }

        private static void demandPlain(String what, Collection<String> words) {
            for (var word : words) {
                var plain = word.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
                if (word.isEmpty() || !plain) {
                    throw new IllegalArgumentException(
                            what + ": a value with spaces, quotes or other signs (expected: plain words)");
                }
            }
        }
    }

    private StepUp(Demands demands, Clock clock) {
        this.demands = requireNonNull(demands, "demands");
        this.clock = requireNonNull(clock, "clock");
        this.toBearer = reply("Bearer", demands);
        this.toHolder = reply("DPoP", demands);
    }

    /** The check that demands this, by this clock. */
    public static StepUp of(Demands demands, Clock clock) {
        return new StepUp(demands, clock);
    }

    private static Reply reply(String scheme, Demands demands) {
        var challenge = new StringBuilder(scheme).append(" realm=\"api\", error=\"insufficient_user_authentication\"");
        if (!demands.acr().isEmpty()) {
            challenge
                    .append(", acr_values=\"")
                    .append(String.join(" ", demands.acr()))
                    .append('"');
        }
        if (demands.maxAge() != null) {
            challenge
                    .append(", max_age=\"")
                    .append(demands.maxAge().toSeconds())
                    .append('"');
        }
        return Reply.problem(401, "insufficient-user-authentication").with("WWW-Authenticate", challenge.toString());
    }

    @Override
    public Verdict check(Request request) {
        var caller = request.principal();
        if (caller == null) {
            return Authorization.NOBODY;
        }
        if (!demands.kinds().isEmpty() && !demands.kinds().contains(caller.kind())) {
            return Verdict.pass();
        }
        var reason = objectionTo(caller);
        return reason == null
                ? Verdict.pass()
                : Verdict.deny(Authorization.isHolder(caller) ? toHolder : toBearer, Verdict.Evidence.of(reason));
    }

    private @Nullable String objectionTo(Principal caller) {
        var claims = caller.claims();
        if (!demands.acr().isEmpty()
                && !(claims.get("acr") instanceof String acr && demands.acr().contains(acr))) {
            return "insufficient-acr";
        }
        if (!demands.amr().isEmpty() && !isAmong(demands.amr(), claims.get("amr"))) {
            return "insufficient-amr";
        }
        var maxAge = demands.maxAge();
        return maxAge == null || isFresh(claims.get("auth_time"), maxAge) ? null : "stale-login";
    }

    /** Tells whether a text is one of the words, or a list has one of them. */
    private static boolean isAmong(List<String> words, @Nullable Object said) {
        return said instanceof String one && words.contains(one)
                || said instanceof List<?> several && several.stream().anyMatch(words::contains);
    }

    private boolean isFresh(@Nullable Object said, Duration maxAge) {
        if (!(said instanceof Number number)) {
            return false;
        }
        var now = clock.millis();
        var at = number.doubleValue() * 1000;
        return at > 0 && at <= now + AHEAD.toMillis() && now - at <= maxAge.toMillis();
    }
}
