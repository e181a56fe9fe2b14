package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the policy bundles that appear in one place, as long as a trusted key has signed them. Thread-safe.
 *
 * <p>What is not signed, signed by somebody else, or older than what is known changes nothing: a start fails, and a gate that runs keeps
 * what it has and tells the listener ({@code policy-refused}), once for each such bundle. A place that cannot be reached changes nothing
 * either. Which bundle was last is not remembered over a restart.
 */
public final class PolicyFeed implements AutoCloseable {

    private static final String WHO = "bundle";

    private final BundleSource source;
    private final PublicKey trusted;
    private final ReentrantLock turn = new ReentrantLock();
    private PolicyBundle.@Nullable Sealed seen;
    private long serial = -1;
    private @Nullable Tending tending;

    private PolicyFeed(BundleSource source, PublicKey trusted) {
        this.source = requireNonNull(source, "source");
        this.trusted = requireNonNull(trusted, "trusted");
    }

    /** The bundles of a place that this key has signed. */
    public static PolicyFeed of(BundleSource source, PublicKey trusted) {
        return new PolicyFeed(source, trusted);
    }

    /**
     * The bundle that is there now, to start a gate with.
     *
     * @throws IOException when it cannot be had
     * @throws ConfigurationException when nobody has signed it, or somebody else
     */
    public PolicyFile first() throws IOException {
        turn.lock();
        try {
            var sealed = source.get();
            var bundle = PolicyBundle.open(sealed, trusted, System::getenv);
            seen = sealed;
            serial = bundle.serial();
            return bundle.file();
        } finally {
            turn.unlock();
        }
    }

    /** Looks now whether there is another bundle, and has the gate ask it; tells whether it does. */
    public boolean refresh(Gate gate) {
        turn.lock();
        try {
            var sealed = source.get();
            if (isSeen(sealed)) {
                return false;
            }
            seen = sealed;
            return take(gate, sealed);
        } catch (IOException e) {
            return false;
        } finally {
            turn.unlock();
        }
    }

    private boolean isSeen(PolicyBundle.Sealed sealed) {
        var before = seen;
        return before != null
                && Arrays.equals(before.policy(), sealed.policy())
                && Arrays.equals(before.signature(), sealed.signature());
    }

    private boolean take(Gate gate, PolicyBundle.Sealed sealed) {
        PolicyBundle bundle;
        try {
            bundle = PolicyBundle.open(sealed, trusted, System::getenv);
        } catch (ConfigurationException e) {
            var first = e.problems().get(0);
            gate.management().refused("policy-refused", WHO, first.place() + ": " + first.message());
            return false;
        }
        if (bundle.serial() <= serial) {
            gate.management()
                    .refused(
                            "policy-refused",
                            WHO,
                            "serial " + bundle.serial() + " (expected: more than " + serial + ", which is known)");
            return false;
        }
        try {
            gate.reload(bundle.file(), WHO + " " + bundle.serial());
            serial = bundle.serial();
            return true;
        } catch (ConfigurationException e) {
            return false; // the gate has told so
        }
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
