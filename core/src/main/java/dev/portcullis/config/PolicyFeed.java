package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.config.PolicyBundle.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the policy bundles that appear in one place, as long as a trusted key has signed them. Thread-safe.
 *
 * <p>What is not signed, signed by somebody else, or older than what is known changes nothing: a start fails, and a gate that runs keeps
 * what it has and tells the listener ({@code policy-refused}), once for each such bundle. A place that cannot be reached changes nothing
 * either. Where a file keeps the last one ({@link #keeping}), a start takes no older one either, and does with the kept one where it must.
 */
@TrustedBase
public final class PolicyFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final String WHO = "bundle";

    private final BundleSource source;
    private final PublicKey trusted;
    private final @Nullable KeptBundle keep;
    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock turn = new ReentrantLock();

    /** What was seen last at the source, whether it was taken or not. */
    private @Nullable Sealed seen;

    /** What is asked, as long as it is not kept. */
    private @Nullable Sealed unkept;

    /** What the file kept when the gate was started. */
    private @Nullable PolicyBundle before;

    /** Why what was seen last is not taken; null when it is. */
    private @Nullable String refused;

    private boolean toTell;
    private volatile BundleReport report = new BundleReport(-1, false, null, null);
    private @Nullable Tending tending;

    private PolicyFeed(BundleSource source, PublicKey trusted, @Nullable KeptBundle keep) {
        this.source = requireNonNull(source, "source");
        this.trusted = requireNonNull(trusted, "trusted");
        this.keep = keep;
    }

    /** The bundles of a place that this key has signed. */
    public static PolicyFeed of(BundleSource source, PublicKey trusted) {
        return new PolicyFeed(source, trusted, null);
    }

    /** The same bundles, of which the last is kept in a file, over restarts. */
    public PolicyFeed keeping(Path file) {
        return new PolicyFeed(source, trusted, new KeptBundle(file));
    }

    /**
     * The bundle to start a gate with: the one that is there now; or the one that was kept, when there is no newer one that is signed.
     *
     * @throws IOException when there is none, or nobody can tell which was the last
     * @throws ConfigurationException when nobody has signed it, or somebody else
     */
    public PolicyFile first() throws IOException {
        turn.lock();
        try {
            var kept = keep == null ? null : keep.read();
            before = kept == null ? null : held(kept);
            if (before == null) {
                var sealed = source.get();
                return start(sealed, opened(sealed));
            }
            var newer = newer(before, requireNonNull(kept, "kept"));
            return newer == null ? startKept() : newer;
        } finally {
            turn.unlock();
        }
    }

    /** What was kept; null when the trusted key has not signed it, as when there is another key now. */
    private @Nullable PolicyBundle held(Sealed kept) {
        try {
            return opened(kept);
        } catch (ConfigurationException e) {
            LOG.warn("bundle: what was kept is not taken: {}", first(e));
            return null;
        }
    }

    /** What the source has, when it is as new as what was kept; null when it is not, which is to be told. */
    private @Nullable PolicyFile newer(PolicyBundle kept, Sealed known) {
        try {
            var sealed = source.get();
            seen = sealed;
            var bundle = opened(sealed);
            if (bundle.serial() > kept.serial() || isSame(sealed, known)) {
                return start(sealed, bundle);
            }
            refuse(tooOld(bundle.serial(), kept.serial()));
        } catch (ConfigurationException e) {
            refuse(first(e));
        } catch (IOException e) {
            report = report.with(away(e));
        }
        return null;
    }

    private PolicyBundle opened(Sealed sealed) {
        return PolicyBundle.open(sealed, trusted, System::getenv);
    }

    private PolicyFile start(Sealed sealed, PolicyBundle bundle) {
        seen = sealed;
        unkept = sealed;
        report = new BundleReport(bundle.serial(), false, clock.instant(), null);
        return bundle.file();
    }

    private PolicyFile startKept() {
        var kept = requireNonNull(before, "before");
        unkept = null;
        report = new BundleReport(kept.serial(), true, report.reached(), report.problem());
        return kept.file();
    }

    /**
     * The bundle that was kept, to start a gate with after all, because none could be built of the first one; null when there is no other.
     *
     * @param why what is wrong with the first one
     */
    public @Nullable PolicyFile insteadOf(ConfigurationException why) {
        requireNonNull(why, "why");
        turn.lock();
        try {
            if (before == null || before.serial() == report.serial()) {
                return null;
            }
            refuse(first(why));
            return startKept();
        } finally {
            turn.unlock();
        }
    }

    /** Remembers what is to be told once there is somebody to tell. */
    private void refuse(String why) {
        toTell = true;
        refused = why;
        report = new BundleReport(report.serial(), report.kept(), clock.instant(), why);
    }

    /** How it stands. */
    public BundleReport report() {
        return report;
    }

    /** Looks now whether there is another bundle, and has the gate ask it; tells whether it does. */
    public boolean refresh(Gate gate) {
        turn.lock();
        try {
            started(gate);
            var sealed = source.get();
            report = new BundleReport(report.serial(), report.kept(), clock.instant(), refused);
            if (seen != null && isSame(seen, sealed)) {
                keepIt();
                return false;
            }
            seen = sealed;
            var taken = take(gate, sealed);
            started(gate);
            return taken;
        } catch (IOException e) {
            report = report.with(away(e));
            return false;
        } finally {
            turn.unlock();
        }
    }

    /** A gate is up that asks the bundle: from now on the next start shall know it. */
    private void started(Gate gate) {
        gate.management().following(this::report);
        keepIt();
        if (toTell) {
            toTell = false;
            gate.management().refused("policy-refused", WHO, String.valueOf(refused));
        }
    }

    private void keepIt() {
        if (keep != null && unkept != null && keep.write(unkept)) {
            unkept = null;
            report = new BundleReport(report.serial(), true, report.reached(), report.problem());
        }
    }

    private static boolean isSame(Sealed one, Sealed other) {
        return Arrays.equals(one.policy(), other.policy())
                && text(one.signature()).equals(text(other.signature()));
    }

    private static String text(byte[] signature) {
        return new String(signature, StandardCharsets.ISO_8859_1).strip();
    }

    private boolean take(Gate gate, Sealed sealed) {
        try {
            var bundle = opened(sealed);
            if (bundle.serial() <= report.serial()) {
                refuse(tooOld(bundle.serial(), report.serial()));
                return false;
            }
            return reload(gate, bundle, sealed);
        } catch (ConfigurationException e) {
            refuse(first(e));
            return false;
        }
    }

    private boolean reload(Gate gate, PolicyBundle bundle, Sealed sealed) {
        try {
            gate.reload(bundle.file(), WHO + " " + bundle.serial());
        } catch (ConfigurationException e) {
            refused = first(e); // the gate has told so
            report = report.with(refused);
            return false;
        }
        refused = null;
        unkept = sealed;
        report = new BundleReport(bundle.serial(), false, report.reached(), null);
        return true;
    }

    private static String tooOld(long serial, long known) {
        return "serial " + serial + " (expected: more than " + known + ", which is known)";
    }

    private static String first(ConfigurationException e) {
        var first = e.problems().get(0);
        return (first.place().isEmpty() ? first.key() : first.place()) + ": " + first.message();
    }

    private static String away(IOException e) {
        return "its source cannot be reached: " + At.messageOf(e);
    }

    /** Looks again and again, on an executor that may wait for files and servers, until this is closed. */
    public void follow(Gate gate, Duration every, Executor executor) {
        requireNonNull(gate, "gate");
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("every: `" + every + "` (expected: a second or more)");
        }
        turn.lock();
        try {
            if (tending != null) {
                throw new IllegalStateException("a gate follows already");
            }
            started(gate);
            tending = new Tending(() -> refresh(gate), () -> every, executor);
            tending.start();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            if (tending != null) {
                tending.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
