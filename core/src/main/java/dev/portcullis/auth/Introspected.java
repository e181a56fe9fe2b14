package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.fetch.Answers;
import dev.portcullis.fetch.CannotTell;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer has said of a token, as far as it matters here. Immutable.
 *
 * @param verdict who calls, or why nobody may with this token
 * @param binding what the token is bound to
 * @param expiry when it is over, in milliseconds of the epoch; {@link Long#MAX_VALUE} when it is not said
 * @param begin when it may first be used, in milliseconds of the epoch
 * @param at when it was said
 * @param span for how long it is kept, in milliseconds
 * @param weight how long it is
 */
@TrustedBase
record Introspected(Verdict verdict, Binding binding, long expiry, long begin, long at, long span, int weight)
        implements Answers.Kept {

    static final String PROOF = "introspection";

    private static final Verdict.Deny INACTIVE = Denials.because("inactive-token");
    private static final Verdict.Deny FOREIGN = Denials.because("wrong-issuer");
    private static final Verdict.Deny TYPE = Denials.because("no-access-token");

    private static final long NOW = 0;

    /** What access tokens are called, where an answer says what the token is. */
    private static final Set<String> ACCESS_TOKENS =
            Set.of("bearer", "dpop", "access_token", "access", "at+jwt", "application/at+jwt", "jwt");

    /**
     * Reads an answer (RFC 7662, section 2.2).
     *
     * @throws CannotTell when it is none
     */
    static Introspected read(byte[] bytes, Issuer issuer, IntrospectionEndpoint endpoint, long now) {
        var tree = StrictJson.object(bytes);
        var active = tree.get("active");
        if (active == null) {
            throw new CannotTell("an answer that does not say whether the token is active");
        }
        if (!active.isBoolean() || !active.booleanValue()) {
            return denied(INACTIVE, endpoint, now, bytes.length);
        }
        var expiry = tree.has("exp") ? Claims.time(tree.get("exp")) : Long.MAX_VALUE;
        var begin = tree.has("nbf") ? Claims.time(tree.get("nbf")) : NOW;
        var timed = new Times(expiry, begin, Claims.time(tree.get("iat"))).judge(now, issuer);
        var verdict = timed instanceof Verdict.Deny ? timed : judge(tree, issuer, endpoint);
        return verdict instanceof Verdict.Deny deny
                ? denied(deny, endpoint, now, bytes.length)
                : new Introspected(
                        verdict,
                        Binding.of(tree),
                        expiry,
                        begin,
                        now,
                        endpoint.cache().toMillis(),
                        bytes.length);
    }

    /** What an issuer has said of a token's times. */
    private record Times(long expiry, long begin, long issued) {

        /** Where lifetimes are bounded, one that is not said is too long. */
        Verdict judge(long now, Issuer issuer) {
            if (expiry < 0 || begin < 0 || issued < 0) {
                return Denials.INVALID_TIME;
            }
            if (issued > now + issuer.clockSkew()) {
                return Denials.FROM_THE_FUTURE;
            }
            var longest = issuer.rules().maxLifetime();
            return longest != Long.MAX_VALUE && (issued == Terms.EVER || expiry - issued > longest)
                    ? Denials.LIFETIME
                    : Verdict.pass();
        }
    }

    private static Introspected denied(Verdict.Deny deny, IntrospectionEndpoint endpoint, long now, int length) {
        var span = endpoint.negativeCache().toMillis();
        return new Introspected(deny, Binding.NONE, Long.MAX_VALUE, NOW, now, span, length);
    }

    private static Verdict judge(JsonNode tree, Issuer issuer, IntrospectionEndpoint endpoint) {
        if (tree.has("iss") && !tree.get("iss").asText("").equals(issuer.issuer())) {
            return FOREIGN;
        }
        if (!isAccess(tree.get("token_type")) || !isAccess(tree.get("typ")) || !isAccess(tree.get("token_use"))) {
            return TYPE;
        }
        if (!tree.has("aud") && !endpoint.anyAudience()) {
            return Denials.NO_AUDIENCE;
        }
        var audience = Claims.audience(tree.get("aud"));
        if (tree.has("aud") && issuer.audiences().stream().noneMatch(audience::contains)) {
            return Denials.AUDIENCE;
        }
        var said = issuer.rules().said(tree);
        return said instanceof Verdict.Deny ? said : issuer.callers().identify(tree, PROOF);
    }

    /** An issuer that tells of refresh and ID tokens too must not bring anybody in by them. */
    private static boolean isAccess(@Nullable JsonNode type) {
        return type == null || ACCESS_TOKENS.contains(type.asText("").toLowerCase(Locale.ROOT));
    }

    /** Judges what changes with time. */
    Verdict judge(long now, long tolerance) {
        if (now >= expiry) {
            return Denials.EXPIRED;
        }
        return begin > now + tolerance ? Denials.NOT_YET_VALID : verdict;
    }

    /** What is over stays over, so that nobody need be asked again. */
    @Override
    public boolean holds(long now) {
        return now >= at && now - at < span || now >= expiry;
    }
}
