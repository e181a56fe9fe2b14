package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.fixture.Suites;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "2001:0DB8::00FF, 2001:db8::ff",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void readsAnAddressAndWritesItCanonically(String text, String canonical) {
        assertThat(Address.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:192.0.2.1", "::FFFF:c000:201", "0:0:0:0:0:ffff:192.0.2.1"})
    void anIpv4MappedAddressIsTheIpv4Address(String mapped) {
        assertThat(Address.parse(mapped)).isEqualTo(Address.parse("192.0.2.1")).hasToString("192.0.2.1");
        assertThat(Address.parse(mapped).isIpv4()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 127.0.0.1",
                "127.0.0.1 ",
                "127.0.0.1\n",
                "127.0.0",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "1.2.3.04",
                "1.2.3.256",
                "1.2.3.4.5",
                "1..3.4",
                "1.2.3.4:80",
                "+1.2.3.4",
                "١.2.3.4",
                ":",
                ":::",
                ":1::2",
                "1::2:",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "１::",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "::1/128",
                "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555",
            })
    void readsNothingElse(String text) {
        assertThat(Address.parseOrNull(text)).isNull();
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address: `" + text + "` (expected: an IPv4 or IPv6 address)");
    }

    @Test
    void readsBytesInNetworkOrder() throws UnknownHostException {
        var bytes = InetAddress.getByName("2001:db8::7").getAddress();

        assertThat(Address.of(bytes)).isEqualTo(Address.parse("2001:db8::7"));
        assertThat(Address.of(new byte[] {(byte) 192, 0, 2, 1})).isEqualTo(Address.parse("192.0.2.1"));
        assertThatThrownBy(() -> Address.of(new byte[5])).hasMessage("bytes: 5 (expected: 4 or 16)");
    }

    @Test
    void knowsTheAddressesOfTheHostItself() {
        assertThat(Address.parse("127.255.0.1").isLoopback()).isTrue();
        assertThat(Address.parse("::1").isLoopback()).isTrue();
        assertThat(Address.parse("128.0.0.1").isLoopback()).isFalse();
        assertThat(Address.parse("::2").isLoopback()).isFalse();
        assertThat(Address.parse("0:0:0:1::7f00:1").isLoopback()).isFalse();
    }

    @Test
    void ordersByBitsUnsigned() {
        assertThat(List.of("::", "0.0.0.0", "127.0.0.1", "255.0.0.1", "1::", "8000::", "ffff::").stream()
                        .map(Address::parse)
                        .toList())
                .isSorted();
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(unlikeTheJdk(Address::parseOrNull)).isEmpty();
    }

    @Test
    void aReaderThatLosesAGroupIsFoundOut() {
        Function<String, @Nullable Address> faulty = text -> Address.parseOrNull(text.replaceFirst(":0:", ":"));

        assertThat(unlikeTheJdk(faulty)).isNotEmpty();
    }

    /** Addresses that the reader reads otherwise than they were written, by us or by the JDK. */
    private static List<String> unlikeTheJdk(Function<String, @Nullable Address> reader) {
        var random = Seeds.random("addresses");
        var wrong = new ArrayList<String>();
        for (var i = 0; i < 20_000; i++) {
            var address = any(random);
            var ours = address.toString();
            var theirs = ofJdk(address).getHostAddress();
            if (!address.equals(reader.apply(ours)) || !address.equals(reader.apply(theirs))) {
                wrong.add(ours);
            }
        }
        return wrong;
    }

    private static Address any(SplittableRandom random) {
        var mask = -1L << random.nextInt(64);
        return switch (random.nextInt(3)) {
            case 0 -> Address.ofIpv4(random.nextInt());
            case 1 -> new Address(random.nextLong() & mask, random.nextLong() & ~mask);
            default -> new Address(random.nextLong() & ~mask, random.nextLong() & random.nextLong() & mask);
        };
    }

    private static InetAddress ofJdk(Address address) {
        try {
            var bytes = ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low());
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    @Test
    void hostileTextIsNoAddressOrOneThatTheJdkReadsToo() {
        var random = Seeds.random("hostile addresses");
        var hostile = new ArrayList<String>();
        for (var i = 0; i < 20_000; i++) {
            hostile.add(mangled(any(random).toString(), random));
        }

        assertThat(hostile).allSatisfy(text -> {
            var address = Address.parseOrNull(text);
            if (address != null) {
                assertThat(Address.of(InetAddress.getByName(text).getAddress())).isEqualTo(address);
            }
        });
    }

    private static String mangled(String text, SplittableRandom random) {
        var alphabet = "0123456789abcdefABCDEF:.%/ x";
        var place = random.nextInt(text.length());
        var letter = String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, place) + letter + text.substring(place);
            case 1 -> text.substring(0, place) + text.substring(place + 1);
            case 2 -> text.substring(0, place) + letter + text.substring(place + 1);
            default -> text.substring(place) + text.substring(0, place);
        };
    }

    /** Zones are no part of an address here; an IPv4-mapped form is the IPv4 address. */
    @Test
    @Tag("suite")
    void agreesWithTheSuiteOfAddresses() {
        var judged = 0;
        var wrong = new ArrayList<String>();
        for (var row : Suites.json("ip_addresses.json").path("cases")) {
            var input = row.path("input").textValue();
            if (row.path("kind").textValue().equals("address")) {
                var valid = row.path("valid").booleanValue() && input.indexOf('%') < 0;
                var canonical =
                        valid && row.has("canonical") ? row.path("canonical").textValue() : input;
                var expected = valid ? Address.parseOrNull(canonical) : null;
                judged++;
                if (valid && expected == null || !Objects.equals(expected, Address.parseOrNull(input))) {
                    wrong.add(input);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(judged).isGreaterThanOrEqualTo(200);
    }

    /** A URL's host may be an address in many forms, of which only the plain ones are one here. */
    @Test
    @Tag("suite")
    void readsThePlainHostsOfUrlsAndNoOthers() {
        var judged = 0;
        for (var row : Suites.json("ip_addresses.json").path("cases")) {
            if (row.path("kind").textValue().equals("urlHost")) {
                var valid = row.path("valid").booleanValue();
                var expected = valid ? Address.parse(unbracketed(row.path("urlHost"))) : null;
                assertThat(Address.parseOrNull(unbracketed(row.path("input"))))
                        .as(row.toString())
                        .isEqualTo(expected);
                judged++;
            }
        }

        assertThat(judged).isGreaterThanOrEqualTo(20);
    }

    private static String unbracketed(JsonNode host) {
        return host.textValue().replaceAll("[\\[\\]]", "");
    }
}
