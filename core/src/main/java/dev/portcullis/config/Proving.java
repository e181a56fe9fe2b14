package dev.portcullis.config;

import dev.portcullis.auth.CertificateReport;
import dev.portcullis.auth.CertificateSource;
import dev.portcullis.auth.CertificateTrust;
import dev.portcullis.auth.Nonces;
import dev.portcullis.auth.Proofs;
import dev.portcullis.auth.Signatures;
import dev.portcullis.store.Ledger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What certificates and signatures stand on, and outlives a configuration. Compiled by one thread at a time. */
final class Proving {

    /** How many entries a ledger of this process keeps in each space. */
    static final int MAX_ENTRIES = 100_000;

    private final Clock clock;
    private final Executor executor;
    private final Sharing sharing;
    private final Ledger ledger;
    private final boolean connector;
    private volatile @Nullable CertificateTrust trust;
    private @Nullable ClientCertificates trusted;
    private final byte[] random = new byte[Nonces.MIN_SECRET];

    /**
     * Nothing yet.
     *
     * @param sharing where it is noted what was used
     * @param connector whether connections can bring client certificates
     */
    Proving(Clock clock, Executor executor, Sharing sharing, boolean connector) {
        this.clock = clock;
        this.executor = executor;
        this.sharing = sharing;
        this.ledger = sharing.ledger();
        this.connector = connector;
        new SecureRandom().nextBytes(random);
    }

    Clock clock() {
        return clock;
    }

    Executor executor() {
        return executor;
    }

    /** What the nodes share. */
    Sharing sharing() {
        return sharing;
    }

    /** The other ways, and those that a configuration defines here. */
    Identities addTo(Identities others, At top, Contents contents, Configuration written) {
        var compiler = new CertificateCompiler(top, contents, written);
        var from = compiler.from();
        var certified = certified(compiler, from, written, others);
        var ways = new SignatureCompiler(top, contents, written).compile();
        var names = written.signatures() == null
                ? Set.<String>of()
                : written.signatures().keySet();
        return certified
                .plus(new Signers(ways, names, list -> Signatures.of(list, clock, ledger)))
                .proving(proofs(new DpopCompiler(top, written), from, written));
    }

    private Proofs proofs(DpopCompiler compiler, @Nullable CertificateSource from, Configuration written) {
        compiler.demandConnector(isPossible(written.certificates()));
        var source = from == null ? CertificateSource.connection() : from;
        return Proofs.of(compiler.settings(random, clock), source, ledger, clock);
    }

    /** Whether connections, or a proxy, can bring client certificates. */
    private boolean isPossible(@Nullable ClientCertificates part) {
        return connector || part != null && (part.header() != null || "true".equals(part.connector()));
    }

    /** The authorities stay loaded as long as what is written of them stays the same. */
    private Identities certified(
            CertificateCompiler compiler, @Nullable CertificateSource from, Configuration written, Identities others) {
        var part = written.certificates();
        if (part == null) {
            trust = null;
            return others;
        }
        var source = compiler.source();
        var known = trust;
        if (source != null && (known == null || !part.equals(trusted))) {
            known = compiler.load(source, clock, executor);
            trust = known;
            trusted = part;
        }
        var scheme = compiler.compile(source == null ? null : known, from, clock);
        var all = others.plus(Identities.CERTIFICATE, scheme);
        return isPossible(part) ? all : all.withoutConnector();
    }

    /** Starts to load what is due. */
    void tend() {
        var known = trust;
        if (known != null) {
            known.refresh();
        }
    }

    /** How it stands with the authorities that are trusted to name clients. */
    List<CertificateReport> certificates() {
        var known = trust;
        return known == null ? List.of() : known.report();
    }
}
