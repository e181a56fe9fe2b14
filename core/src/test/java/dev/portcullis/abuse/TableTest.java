package dev.portcullis.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final long PER = Duration.ofMinutes(10).toMillis();
    private static final FailureLimits.Times TIMES = FailureLimits.USUAL.times();

    private final Table<Tally> table = new Table<>(Table.WIDTH, Tally::new);

    private long add(long key, long now) {
        var row = table.makeRow(key, key);
        row.lock();
        try {
            return row.make(key, key, now).add(1, PER, now);
        } finally {
            row.unlock();
        }
    }

    private long count(long key, long now) {
        var row = table.row(key, key);
        if (row == null) {
            return 0;
        }
        row.lock();
        try {
            var tally = row.find(key, key, now);
            return tally == null ? 0 : tally.count(now);
        } finally {
            row.unlock();
        }
    }

    @Test
    void keepsTheCountsOfThoseWhoCameFirst() {
        IntStream.rangeClosed(1, Table.WIDTH).forEach(key -> add(key, 0));
        IntStream.range(100, 200).forEach(key -> add(key, 0));
        IntStream.rangeClosed(1, Table.WIDTH)
                .forEach(key -> assertThat(count(key, 0)).isEqualTo(1));
        assertThat(table.size()).isEqualTo(Table.WIDTH);
        assertThat(table.crowded()).isEqualTo(100);
    }

    @Test
    void whoSharesNeverHasLessThanHisOwn() {
        IntStream.rangeClosed(1, Table.WIDTH).forEach(key -> add(key, 0));
        IntStream.range(0, 5).forEach(i -> add(100, 0));
        assertThat(count(100, 0)).isEqualTo(5);
        assertThat(count(101, 0)).isEqualTo(5);
    }

    @Test
    void whoGetsACellOfHisOwnTakesAlongWhatHeShared() {
        IntStream.rangeClosed(1, Table.WIDTH).forEach(key -> add(key, 0));
        IntStream.range(0, 5).forEach(i -> add(100, PER - 1));
        assertThat(add(100, PER)).as("counted before").isEqualTo(5);
        assertThat(count(1, PER)).as("another key, whose time is over").isLessThanOrEqualTo(5);
    }

    @Test
    void whatIsSharedIsForgottenToo() {
        IntStream.rangeClosed(1, Table.WIDTH).forEach(key -> add(key, 0));
        add(100, 0);
        assertThat(count(101, PER)).isZero();
    }

    @Test
    void theKeyOfZerosIsAKeyLikeOthers() {
        assertThat(count(0, 0)).isZero();
        add(0, 0);
        assertThat(count(0, 0)).isEqualTo(1);
    }

    @Test
    void losesNoCountWhenManyCountAtOnce() throws InterruptedException {
        var threads = 8;
        var pool = Executors.newFixedThreadPool(threads);
        var start = new CountDownLatch(1);
        for (var i = 0; i < threads; i++) {
            pool.execute(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                IntStream.range(0, 5000).forEach(n -> add(7, 0));
            });
        }
        start.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(count(7, 0)).isEqualTo(40_000);
    }

    @Test
    void locksAreDoubledUntilTheyAreForgotten() {
        var tally = new Tally();
        tally.add(10, PER, 0);
        assertThat(tally.lockAt(10, TIMES, 0)).isEqualTo(60_000);
        assertThat(tally.lockAt(10, TIMES, 0)).isZero();
        tally.add(10, PER, 60_000);
        assertThat(tally.lockAt(10, TIMES, 60_000)).isEqualTo(120_000);
        var later = Duration.ofHours(2).toMillis();
        tally.add(10, PER, later);
        assertThat(tally.lockAt(10, TIMES, later)).isEqualTo(60_000);
    }
}
