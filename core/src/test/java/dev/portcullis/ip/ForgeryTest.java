package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.Head;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a caller writes into a header, the proxies append the truth, and the truth is what is read. */
class ForgeryTest {

    private static final IpRanges TRUSTED = IpRanges.of(
            Stream.of("10.0.0.0/8", "2001:db8:a::/48").map(IpRange::parse).toList());

    @Test
    void nothingThatACallerWritesIsBelieved() {
        assertThat(believed("X-Forwarded-For", ForgeryTest::plain, reader("X-Forwarded-For")))
                .isEmpty();
        assertThat(believed("Forwarded", ForgeryTest::element, reader("Forwarded")))
                .isEmpty();
    }

    @Test
    void aReaderThatBelievesTheFirstEntryIsFoundOut() {
        Function<RecordedWire, Address> first = wire -> {
            var entry = wire.headers().get(0).value().split(",", -1)[0];
            var address = Address.parseOrNull(entry.strip());
            return address == null ? wire.peer() : address;
        };

        assertThat(believed("X-Forwarded-For", ForgeryTest::plain, first)).isNotEmpty();
    }

    private static Function<RecordedWire, Address> reader(String header) {
        var proxies = TrustedProxies.builder(TRUSTED).address(header).build();
        return wire -> proxies.facts(Head.of(wire)).address();
    }

    /** The requests that are taken to come from another address than that which the outermost proxy saw. */
    private static List<RecordedWire> believed(
            String header, Function<Address, String> entry, Function<RecordedWire, Address> reader) {
        var random = Seeds.random("forged headers");
        var hostile = new Hostile(random);
        var believed = new ArrayList<RecordedWire>();
        for (var i = 0; i < 5_000; i++) {
            var caller = caller(random);
            var line = forged(random, hostile, entry);
            for (var hop = caller; hop != null; hop = random.nextBoolean() ? proxy(random) : null) {
                line.append(line.isEmpty() ? "" : random.nextBoolean() ? ", " : ",")
                        .append(entry.apply(hop));
            }
            var wire = RecordedWire.of("GET", "/").from("10.0.0.1").with(header, line.toString());
            if (!reader.apply(wire).equals(caller)) {
                believed.add(wire);
            }
        }
        return believed;
    }

    private static StringBuilder forged(SplittableRandom random, Hostile hostile, Function<Address, String> entry) {
        var line = new StringBuilder();
        while (random.nextInt(3) > 0) {
            line.append(line.isEmpty() ? "" : ", ");
            line.append(
                    switch (random.nextInt(4)) {
                        case 0 -> hostile.text(20);
                        case 1 -> entry.apply(proxy(random));
                        case 2 -> entry.apply(caller(random)).replace('"', '\\');
                        default -> "for=\"" + entry.apply(caller(random));
                    });
        }
        return line;
    }

    private static Address caller(SplittableRandom random) {
        return random.nextBoolean()
                ? Address.ofIpv4(0xcb007100 + random.nextInt(256))
                : new Address(0x20010db8_00000000L + random.nextInt(8), random.nextLong());
    }

    private static Address proxy(SplittableRandom random) {
        return random.nextBoolean()
                ? Address.ofIpv4(0x0a000000 + random.nextInt(1 << 24))
                : new Address(0x20010db8_000a0000L, random.nextLong());
    }

    private static String plain(Address address) {
        return address.toString();
    }

    private static String element(Address address) {
        return "for=\"" + (address.isIpv4() ? address + ":80" : "[" + address + "]:_p")
                + "\";by=\"a,\\\"b\";proto=https";
    }
}
