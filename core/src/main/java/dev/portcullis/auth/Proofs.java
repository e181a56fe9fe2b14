package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.auth.Possession.Demand;
import dev.portcullis.store.Ledger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether whoever brings a bound token is its holder: by a proof of the request's own (DPoP, RFC 9449), by the certificate of
 * the connection (RFC 8705), or by both where a token is bound to both. Thread-safe.
 *
 * <p>A proof costs no signature's verification unless all that is cheaper fits: its key is the token's, and it is of this request, of
 * this token and of now. It is used up by {@link Authentication#once}, after everything cheap has let the request pass.
 */
@TrustedBase
public final class Proofs {

    /** How old a proof may be, unless told otherwise: a minute. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(1);

    /** How old a proof may be at most: 10 minutes. */
    public static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

    private static final String HEADER = "DPoP";
    private static final String SPACE = "dpop";
    private static final String OBSERVED_SPACE = "dpop.observed";

    /** How many proofs are remembered where nobody hands in a ledger. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Settings settings;
    private final CertificateSource certificates;
    private final Ledger ledger;
    private final Clock clock;

    /**
     * What proofs must be like. Immutable.
     *
     * @param lifetime how old a proof may be
     * @param nonces what proofs must carry; null when they need carry nothing
     */
    public record Settings(Duration lifetime, @Nullable Nonces nonces) {

        /** A minute, and no nonces. */
        public static final Settings USUAL = new Settings(DEFAULT_LIFETIME, null);

        /** Checks the lifetime. */
        public Settings {
            if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(MAX_LIFETIME) > 0) {
                throw new IllegalArgumentException("lifetime: `" + lifetime + "` (expected: up to 10 minutes)");
            }
        }
    }

    /** A token as a request brings it. */
    record Brought(Request request, String token, boolean dpop) {}

    private Proofs(Settings settings, CertificateSource certificates, Ledger ledger, Clock clock) {
        this.settings = requireNonNull(settings, "settings");
        this.certificates = requireNonNull(certificates, "certificates");
        this.ledger = requireNonNull(ledger, "ledger");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Proofs that are judged by this clock and remembered in this ledger, and certificates that come from there. */
    public static Proofs of(Settings settings, CertificateSource certificates, Ledger ledger, Clock clock) {
        return new Proofs(settings, certificates, ledger, clock);
    }

    /** Proofs of the usual kind that are remembered here alone. */
    static Proofs usual(Clock clock) {
        return of(Settings.USUAL, CertificateSource.connection(), Ledger.memory(clock, MAX_REMEMBERED), clock);
    }

    /** Who calls, when the one who brings the token is its holder; else a denial. */
    Verdict judge(Brought brought, Found found) {
        var binding = found.binding();
        var demanded = found.demanded();
        if (!binding.known()) {
            return Denials.UNKNOWN_BINDING;
        }
        if (isUnmet(demanded.dpop(), binding.key()) || isUnmet(demanded.certificate(), binding.certificate())) {
            return Denials.UNBOUND;
        }
        if (isRefused(demanded.dpop(), binding.key()) || isRefused(demanded.certificate(), binding.certificate())) {
            return Denials.BOUND;
        }
        if (brought.dpop() == (binding.key() == null)) {
            return brought.dpop() ? Denials.UNBOUND : Denials.BOUND_AS_BEARER;
        }
        var held = binding.certificate() == null ? Verdict.pass() : certified(brought.request(), binding.certificate());
        if (held instanceof Verdict.Deny || binding.key() == null) {
            return held instanceof Verdict.Deny ? held : found.verdict();
        }
        return proven(brought, binding.key(), found.verdict());
    }

    private static boolean isUnmet(Demand demand, @Nullable String bound) {
        return demand == Demand.REQUIRED && bound == null;
    }

    private static boolean isRefused(Demand demand, @Nullable String bound) {
        return demand == Demand.OFF && bound != null;
    }

    private Verdict certified(Request request, String thumbprint) {
        var found = certificates.find(request);
        if (!(found instanceof CertificateSource.Chain chain)
                || chain.certificates().isEmpty()) {
            return Denials.NO_CERTIFICATE;
        }
        return same(X509.thumbprint(chain.certificates().get(0)), thumbprint)
                ? Verdict.pass()
                : Denials.OTHER_CERTIFICATE;
    }

    private Verdict proven(Brought brought, String thumbprint, Verdict caller) {
        var sent = brought.request().headers(HEADER);
        if (sent.size() != 1) {
            return sent.isEmpty() ? DpopDenials.MISSING : DpopDenials.SEVERAL;
        }
        var read = DpopProof.read(sent.get(0));
        if (!(read instanceof DpopProof proof)) {
            return ((ProofText.Unusable) read).deny();
        }
        if (!same(proof.key().thumbprint(), thumbprint)) {
            return DpopDenials.OTHER_KEY;
        }
        var objection = objectionTo(proof, brought);
        if (objection != null) {
            return objection;
        }
        return proof.isSigned() ? welcoming(proof, caller) : DpopDenials.SIGNATURE;
    }

    /** Why it is no proof for this request, its signature left aside; null when it may be one. */
    private Verdict.@Nullable Deny objectionTo(DpopProof proof, Brought brought) {
        if (!proof.said("htm").equals(brought.request().method())) {
            return DpopDenials.METHOD;
        }
        if (!isFor(brought.request(), proof.said("htu"))) {
            return DpopDenials.TARGET;
        }
        var now = clock.millis();
        var tolerance = Issuer.DEFAULT_SKEW.toMillis();
        if (proof.issued() > now + tolerance || now >= until(proof)) {
            return DpopDenials.TIME;
        }
        if (!same(proof.said("ath"), hash(brought.token()))) {
            return DpopDenials.TOKEN;
        }
        var nonces = settings.nonces();
        return nonces == null || nonces.accepts(proof.said("nonce")) ? null : DpopDenials.use(nonces.current());
    }

    /** A forward inside the application has a path that the client did not ask for. */
    private static boolean isFor(Request request, String said) {
        var wanted = TargetText.parse(said);
        var here = TargetText.parse(DerivedComponent.uriWithoutQuery(request));
        return wanted != null
                && here != null
                && wanted.origin().equals(here.origin())
                && (request.dispatch() == Request.Dispatch.FORWARD
                        || wanted.path().equals(here.path()));
    }

    private long until(DpopProof proof) {
        return proof.issued() + settings.lifetime().toMillis();
    }

    /** The pass, with the next nonce for a client that has one of before. */
    private Verdict welcoming(DpopProof proof, Verdict caller) {
        var nonces = settings.nonces();
        return nonces == null || nonces.isCurrent(proof.said("nonce")) || !(caller instanceof Verdict.Pass pass)
                ? caller
                : new Verdict.Pass(
                        List.of(new Header(DpopDenials.NONCE_HEADER, nonces.current())),
                        pass.principal(),
                        pass.watch());
    }

    /** Uses up the proof of a request whose caller it has proven. */
    Verdict spend(Request request, Principal caller, boolean observed) {
        var sent = request.headers(HEADER);
        if (!(caller.claims().get("cnf") instanceof Map<?, ?> bound) || !bound.containsKey("jkt")) {
            return Verdict.pass();
        }
        if (sent.size() != 1 || !(DpopProof.read(sent.get(0)) instanceof DpopProof proof)) {
            throw new IllegalStateException("a caller whom no proof has proven");
        }
        // a node whose clock is behind takes the proof a little longer
        var until = Instant.ofEpochMilli(until(proof) + Issuer.DEFAULT_SKEW.toMillis());
        return ledger.putIfAbsent(observed ? OBSERVED_SPACE : SPACE, proof.once(), request.id(), until)
                ? Verdict.pass()
                : DpopDenials.REPLAY;
    }

    private static String hash(String token) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Fingerprint.of(token).bytes());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
