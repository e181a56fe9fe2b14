package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Address;
import dev.portcullis.fixture.Seeds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IpRangesTest {

    private static final long NEIGHBOURS = 0x2001_0db8_0000_0000L;

    @Test
    void noneCoversNothing() {
        assertThat(IpRanges.none().isEmpty()).isTrue();
        assertThat(IpRanges.none().contains(Address.parse("0.0.0.0"))).isFalse();
        assertThat(IpRanges.none().contains(Address.parse("::"))).isFalse();
        assertThat(IpRanges.of(List.of()).isEmpty()).isTrue();
    }

    @Test
    void allOfAFamilyIsNotTheOther() {
        var ipv4 = ranges("0.0.0.0/1", "128.0.0.0/1");
        var ipv6 = ranges("::/0");

        assertThat(ipv4.contains(Address.parse("255.255.255.255"))).isTrue();
        assertThat(ipv4.contains(Address.parse("ffff::"))).isFalse();
        assertThat(ipv4.coversFamily()).isTrue();
        assertThat(ipv6.contains(Address.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                .isTrue();
        assertThat(ipv6.contains(Address.parse("::ffff:192.0.2.1"))).isFalse();
        assertThat(ipv6.coversFamily()).isTrue();
        assertThat(ranges("0.0.0.0/1", "8000::/1").coversFamily()).isFalse();
    }

    @Test
    void singleAddressesOfOneNetworkAreToldApart() {
        var ranges = ranges("2001:db8::1", "2001:db8::5", "2001:db8::9", "2001:db8:0:1::2");

        assertThat(Stream.of("2001:db8::1", "2001:db8::5", "2001:db8::9", "2001:db8:0:1::2")
                        .map(Address::parse))
                .allMatch(ranges::contains);
        assertThat(Stream.of(
                                "2001:db8::",
                                "2001:db8::2",
                                "2001:db8::4",
                                "2001:db8::6",
                                "2001:db8::a",
                                "2001:db8:0:1::1")
                        .map(Address::parse))
                .noneMatch(ranges::contains);
    }

    @Test
    void agreesWithAskingEachRange() {
        assertThat(unlikeAskingEachRange(ranges -> IpRanges.of(ranges)::contains))
                .isEmpty();
    }

    @Test
    void aLookUpThatForgetsTheLastAddressOfARangeIsFoundOut() {
        Function<List<IpRange>, Predicate<Address>> faulty =
                ranges -> address -> IpRanges.of(ranges).contains(address)
                        && ranges.stream().noneMatch(range -> range.last().equals(address));

        assertThat(unlikeAskingEachRange(faulty)).isNotEmpty();
    }

    /** The addresses that a set made by the function covers, and none of its ranges does, or the other way round. */
    private static List<String> unlikeAskingEachRange(Function<List<IpRange>, Predicate<Address>> sets) {
        var random = Seeds.random("sets of ranges");
        var wrong = new ArrayList<String>();
        for (var round = 0; round < 150 && wrong.isEmpty(); round++) {
            var ranges = crowd(random, 1 + random.nextInt(1 << 1 + random.nextInt(9)));
            var set = sets.apply(ranges);
            for (var address : edges(ranges, random)) {
                if (set.test(address) != ranges.stream().anyMatch(range -> range.contains(address))) {
                    wrong.add(address + " of " + ranges);
                }
            }
        }
        return wrong;
    }

    @Test
    void agreesWithASortedMapWhereThereAreMany() {
        var random = Seeds.random("many ranges");
        for (var round = 0; round < 12; round++) {
            var ranges = many(random, 5_000 << random.nextInt(5), round % 3 == 0);
            var set = IpRanges.of(ranges);
            var sorted = new TreeMap<Long, Long>();
            for (var range : ranges) {
                sorted.merge(range.first().low(), range.last().low(), Math::max);
            }
            for (var address : edges(ranges.subList(0, 2_000), random)) {
                if (address.isIpv4()) {
                    assertThat(set.contains(address)).as("%s", address).isEqualTo(isIn(sorted, address.low()));
                }
            }
        }
    }

    @Test
    void agreesWithAskingEachRangeOfIpv6WhereThereAreMany() {
        var random = Seeds.random("many ranges of IPv6");
        for (var round = 0; round < 6; round++) {
            var ranges = manyOfIpv6(random, 2_000 << random.nextInt(5), round % 2 == 0);
            var set = IpRanges.of(ranges);
            for (var address : edges(ranges, random)) {
                assertThat(set.contains(address))
                        .as("%s", address)
                        .isEqualTo(ranges.stream().anyMatch(range -> range.contains(address)));
            }
        }
    }

    @Test
    void agreesWithAskingEachRangeInNeighbouringNetworksThatAreCoveredInPart() {
        var random = Seeds.random("neighbours");
        for (var round = 0; round < 400; round++) {
            var ranges = neighbours(random, 1 + random.nextInt(12));
            var set = IpRanges.of(ranges);
            for (var network = 0; network < 160; network++) {
                for (var low : new long[] {0, 1, 2, 3, 4, Long.MAX_VALUE, Long.MIN_VALUE, -3, -2, -1}) {
                    var address = new Address(NEIGHBOURS + network, low);
                    assertThat(set.contains(address))
                            .as("%s in %s", address, ranges)
                            .isEqualTo(ranges.stream().anyMatch(range -> range.contains(address)));
                }
            }
        }
    }

    /** Single addresses, parts and whole ones of 160 networks, many of which touch; one set in two lies at an end of IPv6. */
    private static List<IpRange> neighbours(SplittableRandom random, int count) {
        var ranges = new ArrayList<IpRange>();
        for (var i = 0; i < count; i++) {
            var high = NEIGHBOURS + random.nextInt(60, 72);
            switch (random.nextInt(4)) {
                case 0 -> ranges.add(new IpRange(new Address(high, random.nextInt(-3, 4)), 128));
                case 1 -> ranges.add(new IpRange(new Address(high, random.nextBoolean() ? Long.MIN_VALUE : 0), 65));
                case 2 -> ranges.add(new IpRange(new Address(high & -1L << random.nextInt(4), 0), 64));
                default -> ranges.add(new IpRange(new Address(high & -4L, 0), 62));
            }
        }
        if (random.nextBoolean()) {
            ranges.add(IpRange.parse(random.nextBoolean() ? "::/64" : "ffff::/16"));
        }
        return ranges;
    }

    /** Networks of 32 to 96 bits, some of them in a corner, with a few wide ones. */
    private static List<IpRange> manyOfIpv6(SplittableRandom random, int count, boolean wide) {
        var corner = random.nextInt(40);
        var ranges = new ArrayList<IpRange>();
        for (var i = 0; i < count; i++) {
            var length = 32 + random.nextInt(65);
            var high = 0x2000L << 48 | random.nextLong() >>> 3 + (random.nextBoolean() ? corner : 0);
            var low = length > 64 ? random.nextLong() & -1L << 128 - length : 0;
            ranges.add(new IpRange(new Address(length < 64 ? high & -1L << 64 - length : high, low), length));
        }
        for (var i = 0; wide && i < 20; i++) {
            ranges.add(new IpRange(new Address(0x2000L << 48 | random.nextLong() >>> 3 & -1L << 44, 0), 20));
        }
        return ranges;
    }

    /** Ranges of up to 1024 addresses, some of them in a corner, with a few wide ones. */
    private static List<IpRange> many(SplittableRandom random, int count, boolean wide) {
        var corner = random.nextInt(20);
        var ranges = new ArrayList<IpRange>();
        for (var i = 0; i < count; i++) {
            var length = random.nextInt(11);
            var bits = (random.nextInt() >>> (random.nextBoolean() ? corner : 0)) & -1 << length;
            ranges.add(new IpRange(Address.ofIpv4(bits), 32 - length));
        }
        for (var i = 0; wide && i < 20; i++) {
            ranges.add(new IpRange(Address.ofIpv4(random.nextInt() & -1 << 24), 8));
        }
        return ranges;
    }

    /** A wide range may begin before many others, so that each start is asked for as far as one can reach. */
    private static boolean isIn(TreeMap<Long, Long> sorted, long address) {
        return sorted.subMap(address & ~0xffffffL, true, address, true).values().stream()
                .anyMatch(last -> last >= address);
    }

    @Test
    void tellsWhetherRangesOverlap() {
        var set = ranges("10.0.0.0/24", "10.0.2.0/24", "2001:db8:1::/48", "2001:db8:3::/48");

        for (var inside :
                List.of("10.0.0.0/8", "10.0.0.7", "10.0.2.255", "0.0.0.0/0", "2001:db8::/32", "2001:db8:1::7")) {
            assertThat(set.overlaps(IpRange.parse(inside))).as(inside).isTrue();
            assertThat(set.overlaps(ranges(inside))).as(inside).isTrue();
        }
        for (var outside : List.of("10.0.1.0/24", "9.0.0.0/8", "10.0.3.0/24", "2001:db8:2::/48", "2001:db9::/32")) {
            assertThat(set.overlaps(IpRange.parse(outside))).as(outside).isFalse();
            assertThat(ranges(outside).overlaps(set)).as(outside).isFalse();
        }
        assertThat(ranges("0.0.0.0/1").share()).isEqualTo(0.5);
        assertThat(ranges("2000::/4").share()).isCloseTo(0.5, Offset.offset(0.001));
        assertThat(IpRanges.none().share()).isZero();
    }

    /** Ranges that crowd in a corner of both families, where they meet, touch and overlap. */
    private static List<IpRange> crowd(SplittableRandom random, int count) {
        var ranges = new ArrayList<IpRange>();
        var narrow = random.nextInt(28);
        for (var i = 0; i < count; i++) {
            ranges.add(random.nextBoolean() ? IpRangeTest.any(random) : inCorner(random, narrow));
        }
        return random.nextBoolean()
                ? ranges
                : ranges.stream().filter(range -> range.prefix() > narrow).toList();
    }

    private static IpRange inCorner(SplittableRandom random, int narrow) {
        var length = random.nextInt(32 - narrow);
        var bits = (0x0a000000 ^ random.nextInt() >>> narrow) & -1 << length;
        if (random.nextBoolean()) {
            return new IpRange(Address.ofIpv4(bits), 32 - length);
        }
        return random.nextBoolean()
                ? new IpRange(new Address(0x20010db8L << 32, Integer.toUnsignedLong(bits)), 128 - length)
                : new IpRange(new Address(0x20010db8L << 32 ^ Integer.toUnsignedLong(bits), 0), 64 - length);
    }

    /** First and last addresses of ranges, their neighbours, and addresses from anywhere. */
    private static List<Address> edges(List<IpRange> ranges, SplittableRandom random) {
        var edges = new ArrayList<Address>();
        for (var i = 0; i < 50; i++) {
            edges.add(IpRangeTest.any(random).first());
            if (!ranges.isEmpty()) {
                var range = ranges.get(random.nextInt(ranges.size()));
                edges.addAll(List.of(range.first(), range.last()));
                edges.addAll(List.of(next(range.first(), -1), next(range.last(), 1)));
            }
        }
        return edges;
    }

    private static Address next(Address address, int step) {
        if (address.isIpv4()) {
            return Address.ofIpv4((int) address.low() + step);
        }
        var low = address.low() + step;
        var carry = step > 0 ? low == 0 ? 1 : 0 : low == -1 ? -1 : 0;
        return new Address(address.high() + carry, low);
    }

    @Test
    void lookingUpAllocatesNothing() {
        var random = Seeds.random("allocation");
        var set = IpRanges.of(crowd(random, 1000));
        var addresses = edges(crowd(random, 50), random);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var hits = hits(set, addresses);
        var before = threads.getCurrentThreadAllocatedBytes();

        for (var i = 0; i < 100; i++) {
            hits += hits(set, addresses);
        }

        var each = (threads.getCurrentThreadAllocatedBytes() - before) / (100.0 * addresses.size());
        assertThat(each).as("%d hits", hits).isLessThan(1.0);
    }

    private static int hits(IpRanges set, List<Address> addresses) {
        var hits = 0;
        for (var i = 0; i < addresses.size(); i++) {
            hits += set.contains(addresses.get(i)) ? 1 : 0;
        }
        return hits;
    }

    private static IpRanges ranges(String... texts) {
        return IpRanges.of(Stream.of(texts).map(IpRange::parse).toList());
    }
}
