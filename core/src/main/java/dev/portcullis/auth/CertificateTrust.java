package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.http.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that are trusted to name clients, loaded again from time to time. Thread-safe.
 *
 * <p>What cannot be loaded anew leaves the last good authorities in place. Loading runs in the background, started by a request
 * that comes when it is due.
 */
@TrustedBase
public final class CertificateTrust {

    /** How often authorities are loaded again, unless told otherwise: every minute. */
    public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateTrust.class);

    private final Source source;
    private final Clock clock;
    private final Executor executor;
    private final AtomicReference<State> state;
    private final AtomicBoolean loading = new AtomicBoolean();

    /**
     * Where authorities are. Immutable.
     *
     * @param name the location, for the operator
     * @param password the password of a PKCS12 store; null for none, and for PEM
     * @param refresh how often they are loaded again
     * @param authorities reads the authorities: PEM, or a PKCS12 store
     * @param revoked reads lists of revoked certificates: PEM or DER
     */
    public record Source(
            String name, @Nullable String password, Duration refresh, Reader authorities, List<Reader> revoked) {

        /** Copies the list. */
        public Source {
            requireNonNull(refresh, "refresh");
            requireNonNull(authorities, "authorities");
            requireNonNull(name, "name");
            revoked = List.copyOf(revoked);
        }

        /** Does not show the password. */
        @Override
        public String toString() {
            return "Source[" + name + "]";
        }
    }

    /** Reads a file, a resource or the like. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Reads all of it, within a bound.
         *
         * @throws IOException when it cannot be read
         */
        byte[] read() throws IOException;
    }

    private record State(
            TrustedAuthorities known, long loaded, @Nullable String problem) {}

    private CertificateTrust(Source source, Clock clock, Executor executor, TrustedAuthorities first) {
        this.source = source;
        this.clock = clock;
        this.executor = executor;
        this.state = new AtomicReference<>(new State(first, clock.millis(), null));
    }

    /**
     * Loads authorities, and again on this executor, by this clock.
     *
     * @throws IllegalArgumentException when they cannot be loaded, or there is none
     */
    public static CertificateTrust of(Source source, Clock clock, Executor executor) {
        try {
            return new CertificateTrust(source, clock, executor, load(source));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "trust: cannot be loaded: " + Shown.of(String.valueOf(e.getMessage())), e);
        }
    }

    TrustedAuthorities current() {
        refresh();
        return state.get().known();
    }

    /** Starts to load the authorities again when that is due. */
    public void refresh() {
        var due = clock.millis() - state.get().loaded() >= source.refresh().toMillis();
        if (due && loading.compareAndSet(false, true)) {
            executor.execute(this::reload);
        }
    }

    private void reload() {
        var before = state.get();
        try {
            state.set(new State(load(source), clock.millis(), null));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            var problem = Shown.of(String.valueOf(e.getMessage()));
            state.set(new State(before.known(), clock.millis(), problem));
            LOG.warn(
                    "certificates.trust `{}` cannot be loaded anew, the last good one stays: {}",
                    source.name(),
                    problem);
        } finally {
            loading.set(false);
        }
    }

    /** How it stands with every authority. */
    public List<CertificateReport> report() {
        var known = state.get();
        var now = clock.instant();
        return known.known().all().stream()
                .map(one -> report(one, now, known.problem()))
                .toList();
    }

    private CertificateReport report(X509Certificate one, Instant now, @Nullable String problem) {
        var end = one.getNotAfter().toInstant();
        var subject = Shown.of(one.getSubjectX500Principal().getName());
        return new CertificateReport(source.name(), subject, end, Duration.between(now, end), problem);
    }

    private static TrustedAuthorities load(Source source) throws IOException, GeneralSecurityException {
        var found = read(source.authorities().read(), source.password());
        var authorities =
                found.stream().filter(one -> one.getBasicConstraints() >= 0).toList();
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException(
                    "trust: " + found.size() + " certificates, none of an authority (expected: at least one)");
        }
        var revoked = new ArrayList<X509CRL>();
        var factory = CertificateFactory.getInstance("X.509");
        for (var reader : source.revoked()) {
            var lists = factory.generateCRLs(new ByteArrayInputStream(reader.read()));
            if (lists.isEmpty()) {
                throw new IllegalArgumentException("crl: no list (expected: at least one)");
            }
            lists.forEach(list -> revoked.add((X509CRL) list));
        }
        return new TrustedAuthorities(authorities, revoked);
    }

    /** The platform has not always words for what is wrong. */
    private static List<X509Certificate> read(byte[] bytes, @Nullable String password) throws IOException {
        try {
            return certificates(bytes, password);
        } catch (IOException | GeneralSecurityException e) {
            var word = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(
                    "neither certificates as PEM nor a PKCS12 store with this password, or not all of it (" + word
                            + ")",
                    e);
        }
    }

    private static List<X509Certificate> certificates(byte[] bytes, @Nullable String password)
            throws IOException, GeneralSecurityException {
        var found = new ArrayList<X509Certificate>();
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN")) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .forEach(one -> found.add((X509Certificate) one));
            return found;
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password == null ? null : password.toCharArray());
        for (var alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate one) {
                found.add(one);
            }
        }
        return found;
    }
}
