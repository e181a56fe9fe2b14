package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Address;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list on a real server, and what becomes of it. */
class FeedTest {

    private static final Address LISTED = Address.parse("198.51.100.7");
    private static final Address OTHER = Address.parse("203.0.113.9");

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final ListServer server = new ListServer().lists("198.51.100.0/24\n");

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cannotTellBeforeItWasLoaded() {
        var feed = feed(FeedTerms.USUAL);

        assertThatThrownBy(() -> feed.contains(OTHER)).hasMessage("feed `drop` was not loaded yet");
        assertThat(feed.report().usable()).isFalse();
        feed.fetched().join();
        assertThat(feed.contains(LISTED)).isTrue();
        assertThat(feed.contains(OTHER)).isFalse();
        assertThat(feed.report().usable()).isTrue();
    }

    @Test
    void isFetchedAgainWhenItIsDueAndNotBefore() {
        var feed = loaded(FeedTerms.USUAL);
        server.lists("203.0.113.0/24\n");

        clock.advance(Duration.ofMinutes(59));
        tend(feed);
        assertThat(feed.contains(OTHER)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        tend(feed);
        assertThat(feed.contains(OTHER)).isTrue();
        assertThat(feed.contains(LISTED)).isFalse();
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void asksWhetherItHasChanged() {
        server.tagged("\"v1\"");
        var feed = loaded(FeedTerms.USUAL);

        anHourLater(feed);

        assertThat(server.asked()).containsExactly("null", "\"v1\"");
        assertThat(feed.contains(LISTED)).isTrue();
        assertThat(feed.report().age()).isZero();
        assertThat(feed.report().problem()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "everybody                  | 198.51.100.0/24~0.0.0.0/0        | more than a `/8`",
                "half of IPv4               | 0.0.0.0/1                        | more than a `/8`",
                "a span of everything       | 0.0.0.0-255.255.255.255          | more than a `/8`",
                "a short IPv6 prefix        | 2000::/18                        | more than a `/19`",
                "the host itself            | 127.0.0.1                        | the host itself",
                "all around the host        | 127.0.0.0/8                      | the host itself",
                "the host itself in IPv6    | ::1                              | the host itself",
                "the host itself, mapped    | ::ffff:127.0.0.1                 | the host itself",
                "our own proxy              | 10.1.2.3                         | trusted proxies",
                "a network around our proxy | 10.0.0.0/8                       | trusted proxies",
                "a page instead of a list   | <html>~<body>~Not here           | are no ranges",
                "one mistake in a short list| 198.51.100.0/24~nonsense         | 1 of 2 entries",
                "nothing                    | # nothing                        | lists nothing",
            })
    void keepsTheLastGoodCopyWhenItListsNow(String what, String list, String reason) {
        var feed = loaded(FeedTerms.USUAL);
        server.lists(list.replace('~', '\n'));

        anHourLater(feed);

        assertThat(feed.contains(LISTED)).as(what).isTrue();
        assertThat(feed.report().problem()).contains(reason);
        assertThat(feed.report().age()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void keepsTheLastGoodCopyWhenManyListMostOfTheInternet() {
        var feed = loaded(FeedTerms.USUAL);
        server.lists(IntStream.range(11, 224)
                .filter(i -> i != 127)
                .mapToObj(i -> i + ".0.0.0/8")
                .collect(Collectors.joining("\n")));

        anHourLater(feed);

        assertThat(feed.contains(OTHER)).isFalse();
        assertThat(feed.report().problem()).contains("half of the Internet");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 304, 404, 500, 503})
    void keepsTheLastGoodCopyWhenTheServerAnswersAnythingElse(int status) {
        var feed = loaded(FeedTerms.USUAL);
        server.answers(status);

        anHourLater(feed);

        assertThat(feed.contains(LISTED)).isTrue();
        assertThat(feed.report().problem()).contains("answers " + status);
        assertThat(server.asked()).as("no redirect is followed").hasSize(2);
    }

    @Test
    void triesAgainSoonWhileThereIsNoneAndLaterWhileThereIs() {
        server.answers(500);
        var feed = loaded(FeedTerms.USUAL);
        clock.advance(Duration.ofSeconds(5));
        tend(feed);
        assertThat(server.asked()).hasSize(2);
        server.lists("198.51.100.0/24");
        clock.advance(Duration.ofSeconds(5));
        tend(feed);
        assertThat(feed.contains(LISTED)).isTrue();

        server.answers(500);
        anHourLater(feed);
        clock.advance(Duration.ofSeconds(299));
        tend(feed);
        assertThat(server.asked()).hasSize(4);
        clock.advance(Duration.ofSeconds(1));
        tend(feed);
        assertThat(server.asked()).hasSize(5);
    }

    @Test
    void hasBoundsOfSizeEntriesAndTime() {
        server.lists("198.51.100.0/24\n".repeat(10));

        assertThat(loaded(terms(100, 1000)).report().problem()).contains("more than 100 bytes");
        assertThat(loaded(terms(1000, 9)).report().problem()).contains("more than 9 entries");
        assertThat(loaded(terms(1000, 10)).contains(LISTED)).isTrue();
        server.lists("0.0.0.1-0.255.255.254\n");
        assertThat(loaded(terms(1000, 9)).report().problem()).contains("more than 9 networks");
        server.trickles();
        var hasty = new FeedTerms(FeedTerms.USUAL.refresh(), Duration.ofMillis(500), 1000, 1000, null, null, false);
        assertThat(loaded(hasty).report().problem()).contains("takes longer than");
    }

    @Test
    void saysWhenNobodyIsThere() {
        server.close();

        assertThat(loaded(FeedTerms.USUAL).report().problem()).startsWith("ConnectException");
    }

    @Test
    void survivesARestartWithItsCopy() {
        var terms = withCopy(null);
        loaded(terms);
        server.answers(500);
        clock.advance(Duration.ofDays(3));

        var next = loaded(terms);

        assertThat(next.contains(LISTED)).isTrue();
        assertThat(next.report().age()).isEqualTo(Duration.ofDays(3));
        assertThat(next.report().problem()).contains("500");
    }

    @Test
    void aCopyThatIsConfirmedIsYoungAgain() {
        server.tagged("\"v1\"");
        var terms = withCopy(null);
        var feed = loaded(terms);
        clock.advance(Duration.ofDays(3));
        tend(feed);
        server.tagged("").answers(500);

        assertThat(loaded(terms).report().age()).isZero();
    }

    @Test
    void aCopyOfAnotherSourceOrOneThatIsNoListIsNotTaken() throws IOException {
        var terms = withCopy(null);
        loaded(terms);
        server.answers(500);
        var copy = folder.resolve("drop");

        Files.writeString(copy, Files.readString(copy).replace("/list", "/other"));
        assertThatThrownBy(() -> loaded(terms).contains(LISTED)).isInstanceOf(FeedUnavailable.class);
        Files.writeString(copy, "# portcullis: a copy of " + server.uri() + "\n0.0.0.0/0\n");
        assertThatThrownBy(() -> loaded(terms).contains(LISTED)).isInstanceOf(FeedUnavailable.class);
    }

    @Test
    void nobodyCanTellWhenItIsTooOld() {
        var feed = loaded(withCopy(Duration.ofDays(1)));
        server.answers(500);

        clock.advance(Duration.ofHours(24).minusMillis(1));
        tend(feed);
        assertThat(feed.contains(LISTED)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> feed.contains(LISTED)).hasMessageContaining("older than");
        assertThat(feed.report().usable()).isFalse();
        assertThatThrownBy(() -> loaded(withCopy(Duration.ofDays(1))).contains(LISTED))
                .isInstanceOf(FeedUnavailable.class);
    }

    @Test
    void aCopyFromTheFutureIsAsOldAsCanBe() throws IOException {
        loaded(withCopy(Duration.ofDays(1)));
        server.answers(500);
        Files.setLastModifiedTime(folder.resolve("drop"), FileTime.from(Instant.parse("2036-01-01T00:00:00Z")));

        assertThatThrownBy(() -> loaded(withCopy(Duration.ofDays(1))).contains(LISTED))
                .isInstanceOf(FeedUnavailable.class);
    }

    @Test
    void anEmptyListIsTakenWhereItMayBe() {
        var usual = FeedTerms.USUAL;
        var terms = new FeedTerms(usual.refresh(), usual.timeout(), 100, 100, null, null, true);
        server.lists("# nobody\n");

        assertThat(loaded(terms).contains(LISTED)).isFalse();
    }

    @Test
    void inheritsFromTheSameSourceUnlessThatListsOurProxies() {
        var feed = loaded(FeedTerms.USUAL);
        var same = feed(FeedTerms.USUAL).inheriting(feed);
        var ours = builder().own(ranges("198.51.100.7/32")).build(clock, ForkJoinPool.commonPool());
        var other = builder()
                .format(FeedFormat.torExits())
                .build(clock, ForkJoinPool.commonPool())
                .inheriting(feed);

        var elsewhere = Feed.of("drop", FeedSource.file(folder.resolve("list")))
                .build(clock, ForkJoinPool.commonPool())
                .inheriting(feed);

        assertThatThrownBy(() -> elsewhere.contains(LISTED)).isInstanceOf(FeedUnavailable.class);
        assertThat(same.contains(LISTED)).isTrue();
        assertThatThrownBy(() -> ours.inheriting(feed).contains(LISTED)).isInstanceOf(FeedUnavailable.class);
        assertThatThrownBy(() -> other.contains(LISTED)).isInstanceOf(FeedUnavailable.class);
    }

    @Test
    void manyAttemptsAtATimeAreOne() {
        server.trickles(); // so that it has no end before the others have come
        var feed = feed(FeedTerms.USUAL);
        var all = Stream.generate(feed::fetched).limit(50).toList();
        Until.holds(() -> assertThat(server.asked()).isNotEmpty());
        server.close();
        all.forEach(one -> one.join());

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void termsHaveBounds() {
        var usual = FeedTerms.USUAL;
        for (var refresh : List.of(Duration.ofSeconds(59), Duration.ofDays(31))) {
            assertThatThrownBy(() -> new FeedTerms(refresh, usual.timeout(), 1, 1, null, null, false))
                    .hasMessageStartingWith("refresh");
        }
        assertThatThrownBy(() -> new FeedTerms(usual.refresh(), Duration.ofMinutes(6), 1, 1, null, null, false))
                .hasMessageStartingWith("timeout");
        assertThatThrownBy(() -> new FeedTerms(usual.refresh(), usual.timeout(), 1 << 29, 1, null, null, false))
                .hasMessageStartingWith("max-size");
        assertThatThrownBy(() -> new FeedTerms(usual.refresh(), usual.timeout(), 1, 6_000_000, null, null, false))
                .hasMessageStartingWith("max-entries");
        assertThatThrownBy(
                        () -> new FeedTerms(usual.refresh(), usual.timeout(), 1, 1, Duration.ofMinutes(1), null, false))
                .hasMessageStartingWith("max-stale");
    }

    private FeedTerms terms(int maxBytes, int maxEntries) {
        return new FeedTerms(FeedTerms.USUAL.refresh(), Duration.ofMinutes(1), maxBytes, maxEntries, null, null, false);
    }

    private FeedTerms withCopy(@Nullable Duration stale) {
        var usual = FeedTerms.USUAL;
        return new FeedTerms(usual.refresh(), usual.timeout(), 1000, 100, stale, folder.resolve("drop"), false);
    }

    private Feed.Builder builder() {
        var client = new BoundedClient(ForkJoinPool.commonPool(), Duration.ofSeconds(5));
        return Feed.of("drop", FeedSource.at(server.uri(), client)).own(ranges("10.0.0.0/16", "10.1.0.0/16"));
    }

    private Feed feed(FeedTerms terms) {
        return builder().terms(terms).build(clock, ForkJoinPool.commonPool());
    }

    private Feed loaded(FeedTerms terms) {
        var feed = feed(terms);
        feed.fetched().join();
        return feed;
    }

    private void anHourLater(Feed feed) {
        clock.advance(Duration.ofHours(1));
        tend(feed);
    }

    private static void tend(Feed feed) {
        feed.tend();
        feed.landing().join();
    }

    private static IpRanges ranges(String... texts) {
        return IpRanges.of(Stream.of(texts).map(IpRange::parse).toList());
    }
}
