package dev.portcullis.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.limit.Calendar.Span;
import dev.portcullis.store.Late;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.LedgerUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Which milestones of quotas were told already. Thread-safe.
 *
 * <p>The ledger says so for all that share it; what this process knows spares it the question. When the ledger cannot tell, a
 * milestone is told, and may be told again.
 */
final class Milestones {

    /** How many are remembered in this process beside the ledger. */
    static final int MAX_REMEMBERED = 100_000;

    private static final String SPACE = "quota-milestones";

    private final Clock clock;
    private final Ledger ledger;
    private final Late<Cache<Milestone, Boolean>> told =
            new Late<>(() -> Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build());

    private record Milestone(MeterKey key, long start, String word) {}

    Milestones(Clock clock, Ledger ledger) {
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Tells whether this is the first time in its period that somebody asks for it. */
    boolean isFirst(MeterKey key, Window window, String word) {
        var calendar = window.calendar();
        if (calendar == null) {
            return false;
        }
        var span = calendar.spanAt(clock.millis());
        var milestone = new Milestone(key, span.start(), word);
        var known = told.get();
        return known.getIfPresent(milestone) == null
                && known.asMap().putIfAbsent(milestone, true) == null
                && isFirst(milestone, span);
    }

    private boolean isFirst(Milestone milestone, Span span) {
        var hex = HexFormat.of();
        var key = milestone.key().rule() + "." + hex.toHexDigits(milestone.key().high())
                + hex.toHexDigits(milestone.key().low()) + "." + milestone.start() + "." + milestone.word();
        try {
            return ledger.putIfAbsent(SPACE, key, "", Instant.ofEpochMilli(span.end()));
        } catch (LedgerUnavailable e) {
            return true;
        }
    }
}
