package dev.portcullis.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Bearer tokens that are signed JWTs (RFC 6750, RFC 7519, RFC 8725). Thread-safe.
 *
 * <p>A token comes in one {@code Authorization} header, never in the query or the body. Its {@code iss} alone selects the issuer,
 * and the issuer the keys and algorithms. Signatures that were verified are remembered; time and audience are judged on every
 * request. Encrypted tokens are denied.
 */
@TrustedBase
public final class Jwt extends Scheme {

    /** The longest token, in characters: 8 Ki. */
    public static final int MAX_TOKEN = 8 * 1024;

    private static final String HEADER = "Authorization";
    private static final String BEARER = "Bearer ";

    /** How much text of tokens is remembered, in characters. */
    private static final long MAX_REMEMBERED = 8L << 20;

    private final Map<String, Trust> trusts;
    private final Set<String> elsewhere;
    private final Clock clock;
    private final Cache<Fingerprint, Known> verified = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED)
            .weigher((Fingerprint print, Known known) -> known.length)
            .executor(Runnable::run)
            .recordStats()
            .build();

    /** A token whose signature holds as long as the issuer's keys are these. */
    private record Known(Trust trust, KeySet keys, Terms terms, Verdict caller, int length) {

        boolean holds() {
            return trust.ring().current() == keys;
        }

        Verdict judge(long now) {
            return trust.judge(terms, now) instanceof Verdict.Deny deny ? deny : caller;
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
        this.trusts = Map.copyOf(trusts);
        this.elsewhere = Set.copyOf(elsewhere);
        this.clock = clock;
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

    @Override
    int presented(Request request) {
        return request.headers(HEADER).size();
    }

    @Override
    String challenge() {
        return BEARER + REALM;
    }

    @Override
    Verdict judge(Request request) {
        var sent = request.headers(HEADER).get(0);
        if (!sent.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return sent.equalsIgnoreCase("Bearer") ? Denials.MALFORMED : Denials.UNKNOWN_SCHEME;
        }
        var length = sent.length() - BEARER.length();
        return length > MAX_TOKEN ? Denials.TOO_LONG : judge(sent.substring(BEARER.length()));
    }

    private Verdict judge(String text) {
        var print = Fingerprint.of(text);
        var known = verified.getIfPresent(print);
        if (known != null && known.holds()) {
            return known.judge(clock.millis());
        }
        var token = CompactJws.parse(text);
        return token instanceof CompactJws jws ? judge(jws, print) : ((CompactText.Unusable) token).deny();
    }

    private Verdict judge(CompactJws jws, Fingerprint print) {
        var said = Claims.read(jws.payload());
        if (!(said instanceof Claims claims)) {
            return ((ClaimsText.Unusable) said).deny();
        }
        var trust = trusts.get(claims.issuer());
        if (trust == null) {
            return elsewhere.contains(claims.issuer()) ? Denials.ENVIRONMENT : Denials.UNKNOWN_ISSUER;
        }
        if (trust.judge(claims.terms(), clock.millis()) instanceof Verdict.Deny deny) {
            return deny;
        }
        if (trust.issuer().rules().judge(jws, claims) instanceof Verdict.Deny deny) {
            return deny;
        }
        var finding = trust.find(jws);
        if (finding instanceof Trust.Unsigned unsigned) {
            return unsigned.deny();
        }
        var caller = trust.issuer().callers().identify(claims);
        if (caller instanceof Verdict.Pass) {
            var keys = ((Trust.Signed) finding).keys();
            verified.put(
                    print,
                    new Known(trust, keys, claims.terms(), caller, jws.signed().length + jws.signature().length));
        }
        return caller;
    }
}
