package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that somebody else lists: fetched in the background, kept as long as nothing better comes. Thread-safe.
 *
 * <p>What cannot be fetched, cannot be read, or is more than an honest feed would say leaves the last good copy in use. Before there
 * was any, and when it is older than it may become, nobody can tell whether an address is listed.
 */
@TrustedBase
public final class Feed {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration PATIENT_RETRY = Duration.ofMinutes(5);

    private final String name;
    private final FeedSource source;
    private final FeedTerms terms;
    private final FeedReader reader;
    private final Clock clock;
    private final Executor executor;
    private final FeedUnavailable notLoaded;
    private final FeedUnavailable stale;
    private final AtomicReference<FeedState> state = new AtomicReference<>(FeedState.NOTHING);
    private final AtomicReference<@Nullable CompletableFuture<Void>> flight = new AtomicReference<>();

    private Feed(Builder builder, Clock clock, Executor executor) {
        this.name = builder.name;
        this.source = builder.source;
        this.terms = builder.terms;
        this.reader = new FeedReader(name, builder.format, terms, builder.own);
        this.clock = requireNonNull(clock, "clock");
        this.executor = requireNonNull(executor, "executor");
        this.notLoaded = new FeedUnavailable("feed `" + name + "` was not loaded yet");
        this.stale = new FeedUnavailable("feed `" + name + "` is older than " + terms.maxStale());
    }

    /** What a feed is made of. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final FeedSource source;
        private FeedFormat format = FeedFormat.plain();
        private FeedTerms terms = FeedTerms.USUAL;
        private IpRanges own = IpRanges.none();

        private Builder(String name, FeedSource source) {
            this.name = name;
            this.source = source;
        }

        /** Sets how it is written; a range a line unless told otherwise. */
        public Builder format(FeedFormat other) {
            format = requireNonNull(other, "format");
            return this;
        }

        /** Sets how it is fetched. */
        public Builder terms(FeedTerms other) {
            terms = requireNonNull(other, "terms");
            return this;
        }

        /** Sets which addresses no feed may list: the service's own proxies. */
        public Builder own(IpRanges ranges) {
            own = requireNonNull(ranges, "ranges");
            return this;
        }

        /** Builds the feed, of which nothing was fetched. It is fetched on this executor, and ages by this clock. */
        public Feed build(Clock clock, Executor executor) {
            return new Feed(this, clock, executor);
        }
    }

    /** Starts with the name that operators have for it, and where it comes from. */
    public static Builder of(String name, FeedSource source) {
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        return new Builder(name, source);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /**
     * Takes over what an earlier feed from the same source has, unless it lists the service's own proxies of today.
     *
     * @return this feed
     */
    public Feed inheriting(Feed earlier) {
        var known = earlier.state.get();
        var same = earlier.source.name().equals(source.name())
                && earlier.reader.format().equals(reader.format());
        if (same && known.ranges() != null && reader.allows(known.ranges())) {
            state.compareAndSet(FeedState.NOTHING, known);
        }
        return this;
    }

    /**
     * Tells whether the address is listed.
     *
     * @throws RuntimeException when nobody can tell
     */
    boolean contains(Address address) {
        var known = state.get();
        var ranges = known.ranges();
        if (ranges == null) {
            throw notLoaded;
        }
        if (terms.maxStale() != null && isStale(known)) {
            throw stale;
        }
        return ranges.contains(address);
    }

    private boolean isStale(FeedState known) {
        var longest = terms.maxStale();
        return longest != null && clock.millis() - known.fetched() >= longest.toMillis();
    }

    /** Starts to fetch it when it is due. */
    public void tend() {
        var known = state.get();
        if (known.isDue(clock.millis(), known.problem() == null ? terms.refresh() : pause(known))) {
            var unused = fly();
        }
    }

    private Duration pause(FeedState known) {
        var pause = known.ranges() == null ? RETRY : PATIENT_RETRY;
        return pause.compareTo(terms.refresh()) < 0 ? pause : terms.refresh();
    }

    /** Completed, never exceptionally, when it was fetched or could not be. */
    public CompletableFuture<Void> fetched() {
        return state.get().ranges() == null ? fly() : CompletableFuture.completedFuture(null);
    }

    /** Completed when the attempt that is under way has ended. */
    CompletableFuture<Void> landing() {
        var now = flight.get();
        return now == null ? CompletableFuture.completedFuture(null) : now;
    }

    private CompletableFuture<Void> fly() {
        var mine = new CompletableFuture<Void>();
        var other = flight.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        var unused = start().whenComplete((landed, failure) -> {
            try {
                land(landed, failure);
            } finally {
                flight.set(null);
                mine.complete(null);
            }
        });
        return mine;
    }

    private CompletableFuture<FeedState> start() {
        try {
            return CompletableFuture.supplyAsync(this::orCopy, executor)
                    .thenCompose(known -> source.ask(known.version(), terms, executor)
                            .thenApplyAsync(
                                    came -> reader.read(came, known, clock.instant(), source.name()), executor));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What is known, or else what an earlier life has left. Only the pilot of the one flight is here. */
    private FeedState orCopy() {
        var known = state.get();
        if (known.ranges() == null) {
            known = reader.copy(source.name(), clock.instant(), known.wasTried());
            state.set(known);
        }
        return known;
    }

    private void land(@Nullable FeedState landed, @Nullable Throwable failure) {
        var before = state.get();
        var now = clock.millis();
        state.set(landed == null ? before.failed(now, reader.tell(before, failure)) : landed.tried(now));
    }

    /** How it stands. */
    public FeedReport report() {
        var known = state.get();
        var there = known.ranges() != null;
        return new FeedReport(
                name,
                there && !isStale(known),
                known.entries(),
                known.unreadable(),
                there ? Instant.ofEpochMilli(known.fetched()) : null,
                there ? Duration.ofMillis(Math.max(0, clock.millis() - known.fetched())) : null,
                known.problem());
    }
}
