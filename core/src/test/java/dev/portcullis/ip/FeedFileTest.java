package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.fixture.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list in a file, which somebody writes anew. */
class FeedFileTest {

    private static final Address OTHER = Address.parse("203.0.113.9");

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadAgainWhenItHasChanged() throws IOException {
        var file = folder.resolve("list");
        Files.writeString(file, "198.51.100.0/24");
        var feed = Feed.of("own", FeedSource.file(file)).build(clock, ForkJoinPool.commonPool());
        feed.fetched().join();
        Files.writeString(file, "203.0.113.0/24\n");

        anHourLater(feed);
        assertThat(feed.contains(OTHER)).isTrue();
        Files.delete(file);
        anHourLater(feed);
        assertThat(feed.contains(OTHER)).isTrue();
        assertThat(feed.report().problem()).contains("cannot be read");
    }

    /** Times of files come in ticks: of two lists of one length that are written in one tick, the second must not be missed. */
    @Test
    void aFileThatWasWrittenJustNowIsReadAgainHoweverItLooks() throws IOException {
        var written = Instant.now();
        var feed = anotherOfTheSameTime(FileTime.from(written));
        while (Duration.between(written, Instant.now()).compareTo(Duration.ofSeconds(1)) > 0) {
            written = Instant.now(); // the machine has paused: it was no longer written just now
            feed = anotherOfTheSameTime(FileTime.from(written));
        }
        assertThat(feed.contains(OTHER)).isTrue();
    }

    @Test
    void aFileThatLooksTheSameForLongIsNotReadAgain() throws IOException {
        assertThat(anotherOfTheSameTime(FileTime.from(Instant.parse("2026-01-01T00:00:00Z")))
                        .contains(OTHER))
                .isFalse();
    }

    /** A feed that has read a list, and then had an hour to read another of the same time and length. */
    private Feed anotherOfTheSameTime(FileTime time) throws IOException {
        var file = folder.resolve("list");
        Files.writeString(file, "198.51.100.0/24");
        Files.setLastModifiedTime(file, time);
        var feed = Feed.of("own", FeedSource.file(file)).build(clock, ForkJoinPool.commonPool());
        feed.fetched().join();
        Files.writeString(file, "203.0.113.0/24\n");
        Files.setLastModifiedTime(file, time);
        anHourLater(feed);
        return feed;
    }

    private void anHourLater(Feed feed) {
        clock.advance(Duration.ofHours(1));
        feed.tend();
        feed.landing().join();
    }
}
