package dev.portcullis.crawler;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.Address;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the name service has said of addresses, and the few threads on which it is asked. Thread-safe.
 *
 * <p>Nobody waits for it: an address of which nothing is known is looked up in the background, where there is room for it. One address of
 * a network ({@code /24}, or {@code /48} of IPv6) is looked up at a time, so that nobody with a slow name service holds all threads.
 */
final class Lookups implements AutoCloseable {

    /** How many threads there are at most. */
    static final int THREADS = 8;

    /** How many addresses may wait for one. */
    static final int MAX_WAITING = 500;

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
    private final Cache<Address, Found> known;
    private final Set<Address> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLongArray fates = new AtomicLongArray(Fate.values().length);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), Lookups::daemon);
    private volatile boolean open;

    Lookups(Confirming confirming, CrawlerTerms terms, Clock clock) {
        this.confirming = confirming;
        this.terms = terms;
        this.clock = clock;
        this.pace = new LookupPace(terms.perSecond());
        this.known = Caffeine.newBuilder()
                .maximumSize(terms.maxAddresses())
                .executor(Runnable::run)
                .build();
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
        var found = known.getIfPresent(address);
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
        var network = network(address);
        if (!open || !underWay.add(network)) {
            return;
        }
        if (pace.begins(now) && handedOver(address, network)) {
            count(Fate.ASKED);
        } else {
            count(Fate.PUT_OFF);
            underWay.remove(network);
        }
    }

    private boolean handedOver(Address address, Address network) {
        try {
            threads.execute(() -> look(address, network));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void look(Address address, Address network) {
        try {
            var hosts = confirming.hosts(address);
            known.put(address, found(hosts));
            count(hosts.isEmpty() ? Fate.NAMELESS : Fate.NAMED);
        } catch (IOException | RuntimeException e) {
            LOG.debug("crawlers: nobody can tell the names of `{}`", address, e);
            known.put(address, again(known.getIfPresent(address)));
            count(Fate.FAILED);
        } finally {
            underWay.remove(network);
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

    private static Address network(Address address) {
        return address.isIpv4()
                ? new Address(address.high(), address.low() & ~0xffL)
                : new Address(address.high() & ~0xffffL, 0);
    }

    long known() {
        return known.estimatedSize();
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
