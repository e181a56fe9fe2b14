package dev.portcullis.store;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Ledger.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

    /** Makes entries whose keys begin so. */
    boolean fill(String beginning, int count) {
        return IntStream.range(0, count).allMatch(i -> one.putIfAbsent(space, beginning + i, "v", in(60)));
    }

    /** Follows the changes until so many keys were told, or until nothing new comes any more. */
    boolean watch(Set<String> seen, int wanted) {
        var cursor = 0L;
        for (var turn = 0; turn < 2000 && seen.size() < wanted; turn++) {
            var changes = other.changes(space, cursor);
            changes.entries().forEach(entry -> seen.add(entry.key()));
            cursor = changes.cursor();
            Thread.onSpinWait();
        }
        return seen.size() == wanted;
    }
}
