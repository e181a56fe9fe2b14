package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Buckets of a proxy manager that the application hands in, beside a ledger of this process. Thread-safe.
 *
 * <p>How long buckets stay, and whose clock counts, is settled by the proxy manager. It is not closed here, for it is the
 * application's.
 */
public final class ApplicationStore implements SharedStore {

    static final String KIND = "application";

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int THREADS = 8;
    private static final int MAX_ENTRIES = 100_000;

    private final Patience patience;
    private final Workers workers = new Workers(THREADS);
    private final Ledger ledger;
    private final Buckets buckets;

    private ApplicationStore(ProxyManager<String> proxies, Clock clock) {
        patience = new Patience(KIND, TIMEOUT, clock);
        var skew = new Skew(KIND, clock);
        ledger = Ledger.memory(clock, MAX_ENTRIES);
        buckets = proxies.isAsyncModeSupported()
                ? new AsyncBuckets(patience, skew, "", () -> CompletableFuture.completedFuture(proxies))
                : new BlockingBuckets(patience, skew, "", workers, () -> proxies);
    }

    /** The store of this proxy manager, which is waited for half a second at most. */
    public static ApplicationStore of(ProxyManager<String> proxies, Clock clock) {
        return new ApplicationStore(requireNonNull(proxies, "proxies"), requireNonNull(clock, "clock"));
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Buckets buckets() {
        return buckets;
    }

    @Override
    public void tend() {
        // The application looks after what is its own.
    }

    @Override
    public StoreReport report() {
        return patience.report();
    }

    @Override
    public void close() {
        patience.close();
        workers.close();
        ledger.close();
    }
}
