package dev.portcullis.store;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Ledger.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Two ledgers on one store, and a space that nobody else uses.
 *
 * @param one a ledger
 * @param other another on the same store, or the same where there can be one only
 * @param clock by which both go
 * @param space the space
 */
record Site(Ledger one, Ledger other, HandClock clock, String space) {

    Instant in(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    /** Makes entries of these numbers. */
    List<Entry> put(int from, int to) {
        var entries = IntStream.range(from, to)
                .mapToObj(i -> new Entry("key" + i, "value" + i, in(60)))
                .toList();
        entries.forEach(entry -> one.putIfAbsent(space, entry.key(), entry.value(), entry.until()));
        return entries;
    }

    /** Makes entries whose keys begin so, and says when it is through. */
    long fill(String beginning, int count, CountDownLatch through) {
        try {
            IntStream.range(0, count).forEach(i -> one.putIfAbsent(space, beginning + i, "v", in(60)));
            return 0;
        } finally {
            through.countDown();
        }
    }

    /** Follows the changes until all are through; the cursor at the end. */
    long watch(Set<String> seen, CountDownLatch through) {
        var cursor = 0L;
        while (through.getCount() > 0) {
            cursor = look(seen, cursor);
        }
        return cursor;
    }

    /** Looks once what has changed. */
    long look(Set<String> seen, long since) {
        var changes = other.changes(space, since);
        changes.entries().forEach(entry -> seen.add(entry.key()));
        return changes.cursor();
    }
}
