package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Callers who are proven by a client certificate (TLS, RFC 9440). Thread-safe.
 *
 * <p>Whatever the container or a proxy says of it, the chain is verified again, by a clock and authorities of our own. A path that
 * was verified is remembered; its time is judged on every request.
 *
 * <p>A certificate comes with every request of a connection, wanted or not. So it is a credential only where nothing else is sent:
 * beside a token, a key or a signature it proves nobody, and is in nobody's way.
 */
@TrustedBase
public final class Certificates extends Scheme {

    static final String PROOF = "certificate";

    /** How many chains are remembered. */
    private static final int MAX_REMEMBERED = 10_000;

    private final CertificateTrust trust;
    private final CertificateSource source;
    private final List<Holder> holders;
    private final List<CertificateMatcher> strangers;
    private final Clock clock;
    private final Cache<Fingerprint, Known> verified = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();

    /**
     * A client with the certificates that are its own. Immutable.
     *
     * @param caller the client
     * @param certificates which certificates
     */
    public record Holder(Principal caller, List<CertificateMatcher> certificates) {

        /** Copies the matchers. */
        public Holder {
            requireNonNull(caller, "caller");
            certificates = List.copyOf(certificates);
        }
    }

    private record Known(TrustedAuthorities by, TrustedAuthorities.Path path, Verdict caller) {}

    private Certificates(Site site, List<Holder> holders, List<CertificateMatcher> strangers) {
        this.trust = site.trust;
        this.source = site.source;
        this.holders = List.copyOf(holders);
        this.strangers = List.copyOf(strangers);
        this.clock = site.clock;
    }

    /** Whose word is taken: what is trusted, by which clock, and where certificates come from. */
    public record Site(CertificateTrust trust, CertificateSource source, Clock clock) {
        /** Checks that nothing is missing. */
        public Site {
            requireNonNull(trust, "trust");
            requireNonNull(source, "source");
            requireNonNull(clock, "clock");
        }
    }

    /**
     * Callers of these clients, and of others whose certificates match.
     *
     * @param strangers which certificates are good without a client of their own
     * @throws IllegalArgumentException when nobody's certificate would be good
     */
    public static Certificates of(Site site, List<Holder> holders, List<CertificateMatcher> strangers) {
        if (holders.isEmpty() && strangers.isEmpty()) {
            throw new IllegalArgumentException("certificates: nobody's (expected: those of a client, or `match`)");
        }
        return new Certificates(site, holders, strangers);
    }

    @Override
    boolean ambient() {
        return true;
    }

    @Override
    int presented(Request request) {
        var found = source.find(request);
        return found instanceof CertificateSource.Chain chain
                        && chain.certificates().isEmpty()
                ? 0
                : 1;
    }

    @Override
    List<String> challenges() {
        return List.of(CertificateDenials.CHALLENGE);
    }

    @Override
    Verdict judge(Request request) {
        if (!(source.find(request) instanceof CertificateSource.Chain chain)
                || chain.certificates().isEmpty()) {
            return CertificateDenials.MALFORMED;
        }
        var certificates = chain.certificates();
        var authorities = trust.current();
        var now = clock.millis();
        var print = print(certificates);
        var known = verified.getIfPresent(print);
        if (known != null && known.by() == authorities) {
            authorities.demandFreshLists(now);
            return known.path().judge(now) instanceof Verdict.Deny late ? late : known.caller();
        }
        var finding = authorities.find(certificates, now);
        if (finding instanceof TrustedAuthorities.NoPath none) {
            return none.deny();
        }
        var caller = caller(certificates.get(0));
        verified.put(print, new Known(authorities, (TrustedAuthorities.Path) finding, caller));
        return caller;
    }

    @Override
    Claim claim(Request request) {
        if (!(source.find(request) instanceof CertificateSource.Chain chain)
                || chain.certificates().isEmpty()) {
            return Claim.UNKNOWN;
        }
        var print = print(chain.certificates());
        return verified.getIfPresent(print) != null ? Claim.PROVEN : Claim.of(print);
    }

    private static Fingerprint print(List<X509Certificate> chain) {
        var bytes = new ByteArrayOutputStream();
        chain.forEach(one -> bytes.writeBytes(X509.encoded(one)));
        return Fingerprint.ofBytes(bytes.toByteArray());
    }

    private Verdict caller(X509Certificate own) {
        var names = CertificateNames.of(own);
        if (names == null) {
            return CertificateDenials.MALFORMED;
        }
        var claims = new LinkedHashMap<>(names.claims());
        claims.put("x5t#S256", X509.thumbprint(own));
        var matching = holders.stream()
                .filter(holder -> matched(holder.certificates(), names) != null)
                .toList();
        if (matching.size() > 1) {
            return CertificateDenials.SEVERAL_CLIENTS;
        }
        if (!matching.isEmpty()) {
            return Verdict.Pass.identifying(with(matching.get(0).caller(), claims));
        }
        var name = matched(strangers, names);
        return name == null ? CertificateDenials.UNKNOWN : Verdict.Pass.identifying(stranger(name, claims));
    }

    private static @Nullable String matched(List<CertificateMatcher> matchers, CertificateNames names) {
        for (var matcher : matchers) {
            var name = matcher.matched(names);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    private static Principal with(Principal client, Map<String, Object> claims) {
        return new Principal(
                client.id(),
                client.kind(),
                client.issuer(),
                client.client(),
                client.tenant(),
                client.tier(),
                client.scopes(),
                client.roles(),
                claims,
                PROOF);
    }

    private static Principal stranger(String name, Map<String, Object> claims) {
        return new Principal(
                name, Principal.Kind.SERVICE, "certificates", name, null, null, Set.of(), Set.of(), claims, PROOF);
    }
}
