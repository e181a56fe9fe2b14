package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Address;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.fixture.Suites;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.net.util.SubnetUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
        "192.0.2.7, 192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7, 192.0.2.7",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
        "192.0.2.0/255.255.255.0, 192.0.2.0, 192.0.2.255",
        "192.0.2.0/0.0.0.255, 192.0.2.0, 192.0.2.255",
        "0.0.0.0/0.0.0.0, 0.0.0.0, 255.255.255.255",
        "::ffff:10.0.0.0/104, 10.0.0.0, 10.255.255.255",
        "::ffff:10.1.2.3, 10.1.2.3, 10.1.2.3",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/65, 2001:db8::, 2001:db8::7fff:ffff:ffff:ffff",
        "2001:db8::1, 2001:db8::1, 2001:db8::1",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void readsANetworkOrAnAddress(String text, String first, String last) {
        var range = IpRange.parse(text);

        assertThat(range.first()).isEqualTo(Address.parse(first));
        assertThat(range.last()).isEqualTo(Address.parse(last));
        assertThat(range.contains(range.first())).isTrue();
        assertThat(range.contains(range.last())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/ 8",
                "10.0.0.0/8 ",
                "10.0.0.0/٨",
                "10.0.0.0/8/8",
                "10.0.0.0/-1",
                "10.0.0.0/4294967304",
                "10.0.0.0/255.0.255.0",
                "10.0.0.0/::",
                "2001:db8::/255.0.0.0",
                "::ffff:10.0.0.0/255.0.0.0",
                "::ffff:10.0.0.0/95",
                "10.0.0.0-10.0.0.9",
                "10.0.0.*",
                "10.0.0",
                "localhost",
                "example.com/8",
                "fe80::%eth0/10",
                "[::1]/128",
            })
    void readsNothingElse(String text) {
        assertThatThrownBy(() -> IpRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("range: `" + text + "` (expected: ");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33, 33, 32", "::/129, 129, 128", "::ffff:10.0.0.0/129, 33, 32"})
    void aPrefixIsNotLongerThanTheAddress(String text, int prefix, int width) {
        assertThatThrownBy(() -> IpRange.parse(text))
                .hasMessage("prefix: " + prefix + " (expected: 0 to " + width + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.1.2.3/8, 10.0.0.0/8",
        "192.0.2.1/0, 192.0.2.1/0, 0.0.0.0/0",
        "192.0.2.1/255.255.255.0, 192.0.2.1/24, 192.0.2.0/24",
        "::ffff:10.1.2.3/104, 10.1.2.3/8, 10.0.0.0/8",
        "2001:db8::1/32, 2001:db8::1/32, 2001:db8::/32",
        "2001:db8:0:1::/63, 2001:db8:0:1::/63, 2001:db8::/63",
    })
    void bitsBelowThePrefixAreAnErrorThatNamesTheNetwork(String text, String read, String network) {
        assertThatThrownBy(() -> IpRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("range: `" + read + "` has bits below its prefix (expected: " + network + ")");
    }

    @Test
    void aRangeCoversAddressesOfItsFamilyOnly() {
        assertThat(IpRange.parse("::/0").contains(Address.parse("192.0.2.1"))).isFalse();
        assertThat(IpRange.parse("::/0").contains(Address.parse("::ffff:192.0.2.1")))
                .isFalse();
        assertThat(IpRange.parse("0.0.0.0/0").contains(Address.parse("::1"))).isFalse();
        assertThat(IpRange.parse("10.0.0.0/8").contains(Address.parse("::10.0.0.1")))
                .isFalse();
        assertThat(IpRange.parse("10.0.0.0/8").contains(Address.parse("::ffff:10.0.0.1")))
                .isTrue();
    }

    @Test
    void readsBackWhatItWrites() {
        var random = Seeds.random("ranges");
        for (var i = 0; i < 10_000; i++) {
            var range = any(random);
            assertThat(IpRange.parse(range.toString())).isEqualTo(range);
        }
    }

    static IpRange any(SplittableRandom random) {
        if (random.nextBoolean()) {
            var prefix = random.nextInt(33);
            return new IpRange(Address.ofIpv4(prefix == 0 ? 0 : random.nextInt() & -1 << 32 - prefix), prefix);
        }
        var prefix = random.nextInt(65);
        return random.nextBoolean()
                ? new IpRange(new Address(prefix == 0 ? 0 : random.nextLong() & -1L << 64 - prefix, 0), prefix)
                : new IpRange(
                        new Address(random.nextLong(), prefix == 0 ? 0 : random.nextLong() & -1L << 64 - prefix),
                        64 + prefix);
    }

    @Test
    void agreesWithCommonsNetOnIpv4() {
        var random = Seeds.random("subnets");
        for (var i = 0; i < 2_000; i++) {
            var prefix = 1 + random.nextInt(32);
            var text = Address.ofIpv4(random.nextInt() & -1 << 32 - prefix) + "/" + prefix;
            var theirs = new SubnetUtils(text);
            theirs.setInclusiveHostCount(true);
            var ours = IpRange.parse(text);

            assertThat(ours.first()).as(text).hasToString(theirs.getInfo().getLowAddress());
            assertThat(ours.last()).as(text).hasToString(theirs.getInfo().getHighAddress());
        }
    }

    /** A network has no zone here. Bits below the prefix are an error, whose message names the network that is judged instead. */
    @Test
    @Tag("suite")
    void agreesWithTheSuiteOfNetworks() {
        var judged = 0;
        var wrong = new ArrayList<String>();
        for (var row : Suites.json("ip_cidr.json").path("cases")) {
            var text = row.path("cidr").textValue();
            var expected = row.path("valid").booleanValue() && text.indexOf('%') < 0;
            if (expected ? !agrees(row, network(text)) : isAccepted(text)) {
                wrong.add(row.toString());
            }
            judged++;
        }

        assertThat(wrong).isEmpty();
        assertThat(judged).isGreaterThanOrEqualTo(150);
    }

    private static boolean isAccepted(String text) {
        try {
            IpRange.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The range, or the one that the message about bits below the prefix proposes. */
    static IpRange network(String text) {
        try {
            return IpRange.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("has bits below its prefix (expected: ");
            return IpRange.parse(String.valueOf(e.getMessage()).replaceAll(".*expected: (.*)\\)", "$1"));
        }
    }

    private static boolean agrees(JsonNode row, IpRange range) {
        var masked = row.path("masked").isTextual()
                ? IpRange.parse(row.path("masked").textValue())
                : range;
        return range.equals(masked)
                && addresses(row.path("contains")).stream().allMatch(range::contains)
                && addresses(row.path("notContains")).stream().noneMatch(range::contains);
    }

    private static List<Address> addresses(JsonNode texts) {
        var addresses = new ArrayList<Address>();
        texts.forEach(text -> {
            if (text.isTextual()) {
                addresses.add(Address.parse(text.textValue()));
            }
        });
        return addresses;
    }

    @Test
    void thePartsOfARangeAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IpRange(Address.parse("10.0.0.1"), 8))
                .withMessage("range: `10.0.0.1/8` has bits below its prefix (expected: 10.0.0.0/8)");
    }
}
