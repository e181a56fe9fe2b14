package dev.portcullis.crawler;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Address;
import dev.portcullis.store.Late;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the name service has said of addresses, and the few threads on which it is asked. Thread-safe.
 *
 * <p>Nobody waits for it: an address of which nothing is known is looked up in the background, when it is its turn. One address of
 * a network ({@code /24}, or {@code /48} of IPv6) is looked up at a time, so that nobody with a slow name service holds all threads.
 */
final class Lookups implements AutoCloseable {

    /** How many threads there are at most. */
    static final int THREADS = 8;

    /** What became of a look-up. */
    enum Fate {
        ASKED,
        NAMED,
        NAMELESS,
        FAILED,
        PUT_OFF
    }

    private static final int IDLE_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.crawlers");

    private final Confirming confirming;
    private final CrawlerTerms terms;
    private final Clock clock;
    private final LookupPace pace;
    private final Lines lines = new Lines();
    private final Networks networks;
    private final Late<Cache<Address, Found>> known;
    private final Set<Address> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLongArray fates = new AtomicLongArray(Fate.values().length);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Lookups::daemon);

    /** As many as there are threads, so that whoever waits does so in the lines. */
    private final Semaphore idle = new Semaphore(THREADS);

    private volatile boolean open;

    Lookups(Confirming confirming, CrawlerTerms terms, Clock clock) {
        this.confirming = confirming;
        this.terms = terms;
        this.clock = clock;
        this.pace = new LookupPace(terms.perSecond(), clock);
        this.networks = new Networks(terms);
        this.known = new Late<>(() -> Caffeine.newBuilder()
                .maximumSize(terms.maxAddresses())
                .executor(Runnable::run)
                .build());
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "portcullis-crawlers");
        thread.setDaemon(true);
        return thread;
    }

    /** From now on the name service is asked. */
    void open() {
        open = true;
    }

    /** How an agent stands that says from this address that it is all of these crawlers. */
    Standing standing(Address address, List<Crawler> claimed) {
        var found = known.get().getIfPresent(address);
        var now = clock.millis();
        if (found == null || found.isDue(now, terms.keep().toMillis())) {
            ask(address, now);
        }
        if (found == null) {
            return Standing.UNKNOWN;
        }
        if (!found.told()) {
            return Standing.UNTOLD;
        }
        if (!found.fits(claimed)) {
            return Standing.FORGED;
        }
        return now < found.until() ? Standing.VERIFIED : Standing.UNKNOWN;
    }

    private void ask(Address address, long now) {
        if (!open) {
            return;
        }
        var network = Networks.of(address);
        if (underWay.add(network) && !lines.add(address, networks.repute(network, now))) {
            count(Fate.PUT_OFF);
            underWay.remove(network);
        }
        begin();
    }

    /**
     * Lets those begin whose turn it is, as far as pace and threads allow. Whoever came while the last thread looked, and found it still busy,
     * begins with the next request that asks.
     */
    private void begin() {
        while (idle.tryAcquire()) {
            var next = lines.take(pace::begins);
            if (next == null) {
                idle.release();
                return;
            }
            count(Fate.ASKED);
            handOver(next);
        }
    }

    private void handOver(Address address) {
        try {
            threads.execute(() -> look(address));
        } catch (RejectedExecutionException e) {
            LOG.debug("crawlers: closed before `{}` was looked up", address, e);
            underWay.remove(Networks.of(address));
            idle.release();
        }
    }

    private void look(Address address) {
        var network = Networks.of(address);
        try {
            var hosts = confirming.hosts(address);
            known.get().put(address, found(hosts));
            networks.found(network, !hosts.isEmpty(), clock.millis());
            count(hosts.isEmpty() ? Fate.NAMELESS : Fate.NAMED);
        } catch (IOException | RuntimeException e) {
            LOG.debug("crawlers: nobody can tell the names of `{}`", address, e);
            known.get().put(address, again(known.get().getIfPresent(address)));
            networks.untold(network, clock.millis());
            count(Fate.FAILED);
        } finally {
            underWay.remove(network);
            idle.release();
            begin();
        }
    }

    private Found found(List<String> hosts) {
        var keep = (hosts.isEmpty() ? terms.keepForged() : terms.keep()).toMillis();
        var now = clock.millis();
        return new Found(hosts, true, now + keep, now + keep / 2);
    }

    private void count(Fate fate) {
        fates.incrementAndGet(fate.ordinal());
    }

    /** What was said before holds as long as it would have. */
    private Found again(@Nullable Found before) {
        var now = clock.millis();
        var retry = now + terms.retry().toMillis();
        return before == null || !before.told() || now >= before.until()
                ? new Found(List.of(), false, retry, retry)
                : new Found(before.hosts(), true, before.until(), retry);
    }

    long known() {
        var made = known.ifMade();
        return made == null ? 0 : made.estimatedSize();
    }

    long counted(Fate fate) {
        return fates.get(fate.ordinal());
    }

    @Override
    public void close() {
        open = false;
        threads.shutdownNow();
    }
}
