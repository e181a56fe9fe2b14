package dev.portcullis.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that are signed JWTs (RFC 6750, RFC 7519, RFC 8725). Thread-safe.
 *
 * <p>A token comes in one {@code Authorization} header, never in the query or the body. Its {@code iss} alone selects the issuer,
 * and the issuer the keys and algorithms. Signatures that were verified are remembered; time and audience are judged on every
 * request. Encrypted tokens are denied, but for signed ones in an envelope to a key of their issuer's.
 */
@TrustedBase
public final class Jwt extends TokenScheme {

    /** The longest token, in characters: 8 Ki. */
    public static final int MAX_TOKEN = 8 * 1024;

    /** How much text of tokens is remembered, in characters. */
    private static final long MAX_REMEMBERED = 8L << 20;

    private final Map<String, Trust> trusts;
    private final List<Trust> decrypting;
    private final Set<String> elsewhere;
    private final Clock clock;
    private final Cache<Fingerprint, Known> verified;

    /** A token whose signature holds as long as the issuer's keys are these. */
    private record Known(Trust trust, KeySet keys, Terms terms, Found found, int length) {

        boolean holds() {
            return trust.ring().current() == keys;
        }

        Found judge(long now) {
            return trust.judge(terms, now) instanceof Verdict.Deny deny ? Found.denied(deny) : found;
        }
    }

    /**
     * How it stands with the tokens that were verified. Immutable.
     *
     * @param remembered how many are remembered, about
     * @param known how many requests brought one that was
     * @param unknown how many requests brought one that was not
     */
    public record Memory(long remembered, long known, long unknown) {}

    private Jwt(Map<String, Trust> trusts, Set<String> elsewhere, Clock clock) {
        super(possessions(trusts), Proofs.usual(clock));
        this.trusts = Map.copyOf(trusts);
        this.decrypting = trusts.values().stream()
                .filter(trust -> trust.issuer().decryption() != null)
                .toList();
        this.elsewhere = Set.copyOf(elsewhere);
        this.clock = clock;
        this.verified = empty();
    }

    private Jwt(Jwt like, Proofs proofs) {
        super(possessions(like.trusts), proofs);
        this.trusts = like.trusts;
        this.decrypting = like.decrypting;
        this.elsewhere = like.elsewhere;
        this.clock = like.clock;
        this.verified = like.verified;
    }

    private static List<Possession> possessions(Map<String, Trust> trusts) {
        return trusts.values().stream()
                .map(trust -> trust.issuer().possession())
                .toList();
    }

    private static Cache<Fingerprint, Known> empty() {
        return Caffeine.newBuilder()
                .maximumWeight(MAX_REMEMBERED)
                .weigher((Fingerprint print, Known known) -> known.length)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /**
     * Tokens of these issuers, whose keys are in these rings.
     *
     * @throws IllegalArgumentException when there is no issuer, or two with one name or one {@code iss}
     */
    public static Jwt of(List<Issuer> issuers, KeyRings rings) {
        return of(issuers, Set.of(), rings);
    }

    /**
     * Tokens of these issuers, whose keys are in these rings, and none of those that belong to another environment.
     *
     * @param elsewhere the exact {@code iss} of the others, whose tokens the operator is told of
     * @throws IllegalArgumentException as {@link #of(List, KeyRings)} does
     */
    public static Jwt of(List<Issuer> issuers, Set<String> elsewhere, KeyRings rings) {
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("issuers: none (expected: at least one)");
        }
        var trusts = new HashMap<String, Trust>();
        for (var issuer : issuers) {
            if (trusts.put(issuer.issuer(), new Trust(issuer, rings.of(issuer))) != null) {
                throw new IllegalArgumentException(
                        "issuers: `" + issuer.issuer() + "` twice (expected: every `iss` once)");
            }
        }
        if (issuers.stream().map(Issuer::name).distinct().count() < issuers.size()) {
            throw new IllegalArgumentException("issuers: a name twice (expected: every name once)");
        }
        return new Jwt(trusts, elsewhere, rings.clock());
    }

    /** The same tokens, with all that is known of them, whose holders are judged so. */
    public Jwt with(Proofs others) {
        return new Jwt(this, others);
    }

    /**
     * Starts to fetch the keys that are not there yet.
     *
     * @return what is completed, never exceptionally, when every issuer has answered or failed
     */
    public CompletableFuture<Void> fetchKeys() {
        return CompletableFuture.allOf(
                trusts.values().stream().map(trust -> trust.ring().fetched()).toArray(CompletableFuture<?>[]::new));
    }

    /** Starts to fetch the keys that are due, without waiting for them. */
    public void tendKeys() {
        trusts.values().forEach(trust -> trust.ring().tend());
    }

    /** How it stands with the tokens that were verified, for metrics. */
    public Memory memory() {
        var stats = verified.stats();
        return new Memory(verified.estimatedSize(), stats.hitCount(), stats.missCount());
    }

    /** How it stands with each issuer's keys, for readiness and metrics. */
    public List<KeyReport> keys() {
        return trusts.values().stream()
                .map(trust -> trust.ring().report(trust.issuer().name()))
                .toList();
    }

    /** The subject that the token names; else no more than its hash. */
    @Override
    Claim claim(String text) {
        var print = Fingerprint.of(text);
        // one that was verified by earlier keys is no guess either, though it is verified again
        if (verified.getIfPresent(print) != null) {
            return Claim.PROVEN;
        }
        return CompactJws.parse(text) instanceof CompactJws jws
                        && Claims.read(jws.payload()) instanceof Claims claims
                        && claims.tree().path("sub").isTextual()
                ? Claim.of(claims.issuer(), claims.tree().path("sub").textValue())
                : Claim.of(print);
    }

    @Override
    Found find(String text) {
        var print = Fingerprint.of(text);
        var known = verified.getIfPresent(print);
        if (known != null && known.holds()) {
            return known.judge(clock.millis());
        }
        var token = CompactJws.parse(text);
        if (token instanceof CompactJws jws) {
            return find(jws, print, null);
        }
        var deny = ((CompactText.Unusable) token).deny();
        return deny.equals(Denials.ENCRYPTED) ? opened(text, print) : Found.denied(deny);
    }

    /** Opens an encrypted token by the keys of the issuers that encrypt, and judges the signed one in it. */
    private Found opened(String text, Fingerprint print) {
        var envelope = decrypting.isEmpty() ? null : Envelope.parse(text);
        var deny = Denials.ENCRYPTED;
        for (var i = 0; envelope != null && i < decrypting.size(); i++) {
            var trust = decrypting.get(i);
            var keys = trust.issuer().decryption();
            if (keys == null || !keys.fit(envelope)) {
                continue;
            }
            var inside = envelope.holdsToken() ? keys.open(envelope) : null;
            if (inside != null) {
                return inside(new String(inside, StandardCharsets.ISO_8859_1), print, trust);
            }
            deny = Denials.UNDECIPHERABLE;
        }
        return Found.denied(deny);
    }

    private Found inside(String text, Fingerprint print, Trust opener) {
        return CompactJws.parse(text) instanceof CompactJws jws
                ? find(jws, print, opener)
                : Found.denied(Denials.UNSIGNED_INSIDE);
    }

    /** Judges a signed token, which was encrypted to one issuer's key, where it was. */
    private Found find(CompactJws jws, Fingerprint print, @Nullable Trust opener) {
        var said = Claims.read(jws.payload());
        if (!(said instanceof Claims claims)) {
            return Found.denied(((ClaimsText.Unusable) said).deny());
        }
        var trust = trusts.get(claims.issuer());
        if (trust == null) {
            return Found.denied(elsewhere.contains(claims.issuer()) ? Denials.ENVIRONMENT : Denials.UNKNOWN_ISSUER);
        }
        if (opener != null && opener.issuer() != trust.issuer()) {
            return Found.denied(Denials.OTHER_ISSUER_INSIDE);
        }
        if (objectionTo(trust, jws, claims) instanceof Verdict.Deny deny) {
            return Found.denied(deny);
        }
        var finding = trust.find(jws, claims.terms().issued());
        if (finding instanceof Trust.Unsigned unsigned) {
            return Found.denied(unsigned.deny());
        }
        var caller = trust.issuer().callers().identify(claims);
        if (caller instanceof Verdict.Deny deny) {
            return Found.denied(deny);
        }
        var found = new Found(caller, Binding.of(claims.tree()), trust.issuer().possession());
        var keys = ((Trust.Signed) finding).keys();
        var length = jws.signed().length + jws.signature().length;
        verified.put(print, new Known(trust, keys, claims.terms(), found, length));
        return found;
    }

    private Verdict objectionTo(Trust trust, CompactJws jws, Claims claims) {
        var verdict = trust.judge(claims.terms(), clock.millis());
        return verdict instanceof Verdict.Deny
                ? verdict
                : trust.issuer().rules().judge(jws, claims);
    }
}
