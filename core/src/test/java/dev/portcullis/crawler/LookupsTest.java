package dev.portcullis.crawler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.crawler.Lookups.Fate;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Until;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is to be looked up, while others flood. */
class LookupsTest {

    private static final Address CRAWLERS = Address.parse("192.0.2.1");
    private static final Address COLLEAGUES = Address.parse("192.0.2.2");
    private static final List<Crawler> CLAIMED =
            List.of(new Crawler("ours", List.of("OurBot"), List.of("crawl.example.com")));
    private static final int PER_SECOND = 20;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final Set<Address> asked = ConcurrentHashMap.newKeySet();
    private final Lookups lookups = new Lookups(
            new Confirming(new Names(), CLAIMED.get(0)::owns),
            new CrawlerTerms(Duration.ofHours(24), Duration.ofHours(1), Duration.ofMinutes(1), 10_000, PER_SECOND),
            clock);

    /** Crawlers have names, others have none. */
    private final class Names implements NameLookup {

        @Override
        public List<String> namesOf(Address address) {
            asked.add(address);
            return isCrawler(address) ? List.of("one.crawl.example.com") : List.of();
        }

        @Override
        public List<Address> addressesOf(String name, Address like) {
            return List.of(CRAWLERS, COLLEAGUES);
        }

        private static boolean isCrawler(Address address) {
            return address.equals(CRAWLERS) || address.equals(COLLEAGUES);
        }
    }

    @AfterEach
    void close() {
        lookups.close();
    }

    private Standing standing(Address address) {
        return lookups.standing(address, CLAIMED);
    }

    /** Floods in parts, so that threads are there for as many as the pace lets begin. */
    private void flood(int count, IntFunction<String> addresses) {
        for (var from = 0; from < count; from += 20) {
            IntStream.range(from, Math.min(count, from + 20))
                    .mapToObj(addresses)
                    .map(Address::parse)
                    .forEach(this::standing);
            settle();
        }
    }

    /** Asks for all until they were looked up: whoever finds every thread busy begins with the next request that asks. */
    private void lookUp(int count, IntFunction<String> addresses) {
        var all = IntStream.range(0, count)
                .mapToObj(addresses)
                .map(Address::parse)
                .toList();
        Until.holds(() -> assertThat(all).noneMatch(address -> standing(address) == Standing.UNKNOWN));
        settle();
    }

    /** Waits until all that has begun has ended. */
    private void settle() {
        Until.holds(() -> assertThat(lookups.counted(Fate.NAMED) + lookups.counted(Fate.NAMELESS))
                .isEqualTo(lookups.counted(Fate.ASKED)));
    }

    /** Lets so many seconds' worth of questions be asked, while the flood goes on. */
    private void goesOn(int seconds, IntFunction<String> addresses) {
        for (var i = 0; i < seconds; i++) {
            var part = i + 1;
            clock.advance(Duration.ofSeconds(1));
            flood(400, j -> addresses.apply(400 * part + j));
        }
    }

    @Test
    void aFloodFromOneRegionHoldsUpNobodyElsewhere() {
        lookups.open();
        IntFunction<String> flood = i -> "198.51." + i % 256 + "." + i / 256;
        flood(2_000, flood);

        assertThat(standing(CRAWLERS)).isEqualTo(Standing.UNKNOWN);
        goesOn(1, flood);

        assertThat(standing(CRAWLERS)).isEqualTo(Standing.VERIFIED);
        assertThat(lookups.counted(Fate.PUT_OFF)).isGreaterThan(1_000);
    }

    @Test
    void aFloodFromEverywhereHoldsUpNobodyInANetworkThatHasProvenItself() {
        lookups.open();
        standing(CRAWLERS);
        settle();
        IntFunction<String> flood = i -> 11 + i / 200 + "." + i % 200 + ".0.7";
        flood(4_000, flood);
        goesOn(2, flood);

        assertThat(standing(COLLEAGUES)).isEqualTo(Standing.UNKNOWN);
        goesOn(1, flood);

        assertThat(standing(COLLEAGUES)).isEqualTo(Standing.VERIFIED);
    }

    @Test
    void aFloodFromNetworksInWhichNothingWasFoundHoldsUpNobodyElse() {
        lookups.open();
        IntFunction<String> networks = i -> 11 + i / 250 + "." + i % 250 + ".0.";
        for (var i = 0; i < 300; i += PER_SECOND) {
            var from = i;
            clock.advance(Duration.ofSeconds(1));
            lookUp(PER_SECOND, j -> networks.apply(from + j) + 1);
        }
        assertThat(lookups.counted(Fate.NAMELESS)).isGreaterThanOrEqualTo(300);
        IntFunction<String> flood = i -> networks.apply(i % 300) + (2 + i / 300 % 250);
        flood(4_000, flood);

        assertThat(standing(CRAWLERS)).isEqualTo(Standing.UNKNOWN);
        goesOn(1, flood);

        assertThat(standing(CRAWLERS)).isEqualTo(Standing.VERIFIED);
    }

    @Test
    void whatWasFoundInANetworkIsForgotten() {
        var networks = new Networks(CrawlerTerms.USUAL);
        var network = Networks.of(CRAWLERS);
        var now = clock.millis();
        assertThat(networks.repute(network, now)).isEqualTo(Repute.STRANGE);
        networks.untold(network, now);
        assertThat(networks.repute(network, now)).isEqualTo(Repute.BARREN);
        assertThat(networks.repute(network, now + 60_000)).isEqualTo(Repute.STRANGE);
        networks.found(network, false, now);
        assertThat(networks.repute(network, now + 60_000)).isEqualTo(Repute.BARREN);
        networks.found(network, true, now);
        assertThat(networks.repute(network, now + 3_600_000)).isEqualTo(Repute.PROVEN);
        assertThat(networks.repute(network, now - 3_600_000)).isEqualTo(Repute.STRANGE);
        assertThat(networks.repute(network, now + Duration.ofHours(24).toMillis()))
                .isEqualTo(Repute.STRANGE);
    }

    @Test
    void aLineHasAnEnd() {
        var line = new Line();
        assertThat(line.take()).isNull();
        var one = IntStream.range(0, 20).filter(i -> line.add(Address.parse("198.51." + i + ".1")));
        assertThat(one.count()).isEqualTo(Line.MAX_OF_REGION);
        var many = IntStream.range(0, 20_000)
                .filter(i -> line.add(Address.parse("2001:" + i / 10 + ":" + i % 10 + "::1")));
        assertThat(many.count()).isEqualTo(Line.MAX_WAITING - Line.MAX_OF_REGION);
        assertThat(line.take()).isEqualTo(Address.parse("198.51.0.1"));
        assertThat(line.take()).isEqualTo(Address.parse("2001:0:0::1"));
        var rest = IntStream.range(0, 1_000).filter(i -> line.take() != null);
        assertThat(rest.count()).isEqualTo(Line.MAX_WAITING - 2);
        assertThat(line.take()).isNull();
    }
}
