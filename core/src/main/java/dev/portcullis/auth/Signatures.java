package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.store.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Requests that their clients sign: HTTP message signatures (RFC 9421) and webhooks. Thread-safe.
 *
 * <p>What may come only once is entered into the ledger by {@link Authentication#once}, when all that is cheap has let the request
 * pass and its signature holds. So nobody fills the ledger who has no key.
 */
@TrustedBase
public final class Signatures extends Scheme {

    private static final String SPACE = "signature";
    private static final String OBSERVED_SPACE = "signature.observed";
    private static final String KEY_ID = "keyid=\"";

    private final List<Signing> ways;
    private final Clock clock;
    private final Ledger ledger;
    private final long bound;

    private Signatures(List<Signing> ways, Clock clock, Ledger ledger, long bound) {
        this.ways = List.copyOf(ways);
        this.clock = requireNonNull(clock, "clock");
        this.ledger = requireNonNull(ledger, "ledger");
        this.bound = bound;
    }

    /**
     * Requests that are signed in one of these ways, judged by this clock, remembered in this ledger.
     *
     * @throws IllegalArgumentException when there is no way, or two of one name
     */
    public static Signatures of(List<Signing> ways, Clock clock, Ledger ledger) {
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("signatures: none (expected: at least one way of signing)");
        }
        if (ways.stream().map(Signing::name).distinct().count() < ways.size()) {
            throw new IllegalArgumentException("signatures: a name twice (expected: every name once)");
        }
        return new Signatures(ways, clock, ledger, Body.DEFAULT_BOUND);
    }

    @Override
    Scheme within(long bytes) {
        return new Signatures(ways, clock, ledger, bytes);
    }

    @Override
    int presented(Request request) {
        for (var i = 0; i < ways.size(); i++) {
            if (ways.get(i).presented(request)) {
                return 1;
            }
        }
        return 0;
    }

    @Override
    List<String> challenges() {
        return List.of(SignatureDenials.CHALLENGE);
    }

    /** A signature is never sent twice; the key that it names is all there is to know it by. */
    @Override
    Claim claim(Request request) {
        var input = request.header(MessageSignature.INPUT);
        var from = input == null ? -1 : input.indexOf(KEY_ID);
        var end = input == null || from < 0 ? -1 : input.indexOf('"', from + KEY_ID.length());
        return input == null || end < 0 ? Claim.UNKNOWN : Claim.of(SPACE, input.substring(from + KEY_ID.length(), end));
    }

    /** The verdict of the way that lets the request pass; else that of the first way whose signature it carries. */
    @Override
    Verdict judge(Request request) {
        Verdict.Deny denied = SignatureDenials.NONE_FITS;
        for (var way : ways) {
            var verdict = way.presented(request) ? way.judge(request, bound, clock.millis()) : denied;
            if (!(verdict instanceof Verdict.Deny deny)) {
                return verdict;
            }
            denied = isVague(denied) ? deny : denied;
        }
        return denied;
    }

    private static boolean isVague(Verdict.Deny deny) {
        return deny.equals(SignatureDenials.NONE_FITS) || deny.equals(SignatureDenials.UNKNOWN_KEY);
    }

    @Override
    boolean spends() {
        return ways.stream().anyMatch(Signing::remembers);
    }

    @Override
    Verdict spend(Request request, boolean observed) {
        var caller = request.principal();
        if (caller == null || !caller.proof().equals(SignatureKey.PROOF)) {
            return Verdict.pass();
        }
        for (var spent : signedIn(caller).spent(request, bound, clock.millis())) {
            if (!enter(spent, request.id(), observed)) {
                return SignatureDenials.REPLAY;
            }
        }
        return Verdict.pass();
    }

    private Signing signedIn(Principal caller) {
        for (var way : ways) {
            if (way.name().equals(caller.claims().get(SignatureKey.WAY))) {
                return way;
            }
        }
        throw new IllegalStateException("a caller who signed in a way that is not asked for");
    }

    private boolean enter(Signing.Spent spent, String id, boolean observed) {
        var until = Instant.ofEpochMilli(spent.until());
        return ledger.putIfAbsent(observed ? OBSERVED_SPACE : SPACE, spent.key(), id, until);
    }
}
