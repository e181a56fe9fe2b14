package dev.portcullis.ip;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of the headers of proxies, beyond any one configuration. Thread-safe. */
public final class ProxyTally {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);

    private final LongAdder ignored = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final AtomicLong unreadable = new AtomicLong();

    void ignored() {
        ignored.increment();
    }

    void missing() {
        missing.increment();
    }

    /** Tells of the first, the second, the fourth and so on: a proxy that writes nonsense does so for every request. */
    void unreadable() {
        var count = unreadable.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "{} headers of trusted proxies could not be read so far; the last hop that was understood stands in for the caller",
                    count);
        }
    }

    /** What was counted so far. */
    public ProxyReport report() {
        return new ProxyReport(ignored.sum(), unreadable.get(), missing.sum());
    }
}
