package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of common public lists. */
class FeedFormatTest {

    private static final FeedFormat PLAIN = FeedFormat.plain();

    @Test
    void readsSpamhausDrop() {
        var list = "; Spamhaus DROP List 2026/01/01 - (c) 2026\n; Last-Modified: Thu\n1.10.16.0/20 ; SBL256894\n"
                + "2001:db8:bad::/48 ; SBL1\n\n";

        assertThat(entries(PLAIN, list, "1.10.17.1", "2001:db8:bad::7")).isEqualTo(2);
    }

    @Test
    void readsSpamhausDropInJson() {
        var list = "{\"cidr\":\"1.10.16.0/20\",\"sblid\":\"SBL256894\",\"rir\":\"apnic\"}\n"
                + "{\"cidr\":\"1.19.0.0/16\",\"sblid\":\"SBL434604\",\"rir\":\"apnic\"}\n"
                + "{\"type\":\"metadata\",\"timestamp\":1767225600,\"size\":2,\"records\":2}\n";

        assertThat(entries(FeedFormat.jsonLines(List.of("/cidr")), list, "1.10.17.1", "1.19.9.9"))
                .isEqualTo(2);
    }

    @Test
    void readsNetsetsOfFireHol() {
        var list = "#\n# firehol_level2\n#\n# Maintainer: X\n1.2.3.4\n5.6.7.0/24\n";

        assertThat(entries(PLAIN, list, "1.2.3.4", "5.6.7.8")).isEqualTo(2);
    }

    @Test
    void readsTheRangesOfAws() {
        var list = "{\"syncToken\":\"1\",\"createDate\":\"2026-01-01-00-00-00\",\"prefixes\":["
                + "{\"ip_prefix\":\"3.4.12.4/32\",\"region\":\"eu-west-1\",\"service\":\"AMAZON\"},"
                + "{\"ip_prefix\":\"3.5.140.0/22\",\"region\":\"ap\",\"service\":\"S3\"}],"
                + "\"ipv6_prefixes\":[{\"ipv6_prefix\":\"2a05:d07a:a000::/40\",\"service\":\"AMAZON\"}]}";
        var format = FeedFormat.json(List.of("/prefixes/*/ip_prefix", "/ipv6_prefixes/*/ipv6_prefix"));

        assertThat(entries(format, list, "3.4.12.4", "3.5.141.1", "2a05:d07a:a000::1"))
                .isEqualTo(3);
    }

    @Test
    void readsTheRangesOfGoogle() {
        var list = "{\"prefixes\":[{\"ipv4Prefix\":\"8.8.4.0/24\"},{\"ipv6Prefix\":\"2001:4860::/32\"}]}";
        var format = FeedFormat.json(List.of("/prefixes/*/ipv4Prefix", "/prefixes/*/ipv6Prefix"));

        assertThat(entries(format, list, "8.8.4.4", "2001:4860::8888")).isEqualTo(2);
    }

    @Test
    void readsTheServiceTagsOfAzure() {
        var list = "{\"values\":[{\"name\":\"A\",\"properties\":{\"addressPrefixes\":[\"4.145.74.52/30\","
                + "\"2603:1000::/40\"]}},{\"name\":\"B\",\"properties\":{\"addressPrefixes\":[\"13.66.60.119/32\"]}}]}";
        var format = FeedFormat.json(List.of("/values/*/properties/addressPrefixes/*"));

        assertThat(entries(format, list, "4.145.74.53", "2603:1000::1", "13.66.60.119"))
                .isEqualTo(3);
    }

    @Test
    void readsTheRangesOfGitHubAndFastlyAndCloudflare() {
        assertThat(entries(FeedFormat.json(List.of("/hooks/*")), "{\"hooks\":[\"192.30.252.0/22\"]}", "192.30.253.1"))
                .isEqualTo(1);
        assertThat(entries(
                        FeedFormat.json(List.of("/addresses/*", "/ipv6_addresses/*")),
                        "{\"addresses\":[\"23.235.32.0/20\"],\"ipv6_addresses\":[\"2a04:4e40::/32\"]}",
                        "23.235.33.1"))
                .isEqualTo(2);
        assertThat(entries(
                        FeedFormat.json(List.of("/result/ipv4_cidrs/*")),
                        "{\"result\":{\"ipv4_cidrs\":[\"173.245.48.0/20\"]},\"success\":true}",
                        "173.245.48.1"))
                .isEqualTo(1);
    }

    @Test
    void readsTheExitsOfTor() {
        var list = "ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E\nPublished 2026-01-01 00:05:52\n"
                + "LastStatus 2026-01-01 10:00:00\nExitAddress 162.247.74.201 2026-01-01 10:04:02\n";

        assertThat(entries(FeedFormat.torExits(), list, "162.247.74.201")).isEqualTo(1);
        assertThat(entries(PLAIN, "162.247.74.201\n185.220.101.1\n", "185.220.101.1"))
                .isEqualTo(2);
    }

    @Test
    void readsColumns() {
        var feodo =
                "# Feodo Tracker\n\"first_seen_utc\",\"dst_ip\",\"dst_port\"\n\"2026-01-01 00:00:00\",\"1.2.3.4\",\"443\"\n";

        assertThat(entries(FeedFormat.csv("dst_ip", ','), feodo, "1.2.3.4")).isEqualTo(1);
        assertThat(entries(FeedFormat.csv("2", ','), feodo, "1.2.3.4")).isEqualTo(1);
        assertThat(entries(FeedFormat.csv("1", ','), "1.2.3.4,x\n5.6.7.8,y\n", "1.2.3.4", "5.6.7.8"))
                .isEqualTo(2);
        assertThat(entries(FeedFormat.csv("2", ';'), "\"a;b\";1.2.3.4\n", "1.2.3.4"))
                .isEqualTo(1);
        assertThat(entries(FeedFormat.csv("net", '\t'), "n\tnet\n1\t1.2.3.0/24\n", "1.2.3.4"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4",
                "  1.2.3.4  ",
                "1.2.3.4 # why",
                "1.2.3.4# why",
                "1.2.3.4;why",
                "1.2.3.4\t// why",
                "1.2.3.4\t17",
                "1.2.3.4/32",
                "1.2.3.0/255.255.255.0",
                "1.2.3.3 - 1.2.3.5",
                "1.2.3.3-1.2.3.5",
                "::ffff:1.2.3.4",
                "\ufeff1.2.3.4",
                "1.2.3.4\r\n# end\r\n",
            })
    void readsLines(String line) {
        assertThat(entries(PLAIN, line, "1.2.3.4")).isEqualTo(1);
    }

    @Test
    void splitsSpansExactly() {
        var ranges =
                harvest(PLAIN, "10.0.0.3 - 10.0.1.4\n2001:db8::1-2001:db8::1:0").ranges();

        for (var inside : List.of("10.0.0.3", "10.0.0.255", "10.0.1.4", "2001:db8::1", "2001:db8::1:0")) {
            assertThat(ranges.contains(Address.parse(inside))).as(inside).isTrue();
        }
        for (var outside : List.of("10.0.0.2", "10.0.1.5", "2001:db8::", "2001:db8::1:1")) {
            assertThat(ranges.contains(Address.parse(outside))).as(outside).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.0 255.255.255.0",
                "1.2.3.4 /24",
                "1.2.3.4/24",
                "example.com",
                "1.2.3",
                "1.2.3.4-1.2.3.3",
                "1.2.3.4-::5",
                "<html>",
                "127.1",
                "1.2.3.4, 5.6.7.8",
            })
    void takesNothingElseForARange(String line) {
        assertThat(harvest(PLAIN, line).unreadable()).isEqualTo(1);
    }

    @Test
    void findsFault() {
        assertThatThrownBy(() -> harvest(FeedFormat.json(List.of("/a")), "{")).hasMessageStartingWith("no JSON");
        assertThatThrownBy(() -> harvest(FeedFormat.csv("ip", ','), "a,b\n")).hasMessageStartingWith("no column");
        assertThat(harvest(FeedFormat.json(List.of("/a")), "{\"a\":7}").unreadable())
                .isEqualTo(1);
        assertThat(harvest(FeedFormat.csv("3", ','), "1.2.3.4\n5.6.7.8\n").unreadable())
                .isEqualTo(1);
        assertThatThrownBy(() -> FeedFormat.json(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeedFormat.json(List.of("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeedFormat.csv("0", ',')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeedFormat.csv("", ',')).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeedFormat.csv("1", '"')).isInstanceOf(IllegalArgumentException.class);
    }

    private static int entries(FeedFormat format, String text, String... contained) {
        var harvest = harvest(format, text);
        for (var address : contained) {
            assertThat(harvest.ranges().contains(Address.parse(address)))
                    .as(address)
                    .isTrue();
        }
        assertThat(harvest.ranges().contains(Address.parse("203.0.113.9"))).isFalse();
        assertThat(harvest.unreadable()).isZero();
        return harvest.entries();
    }

    private static Harvest harvest(FeedFormat format, String text) {
        var harvest = new Harvest(1000, IpRanges.none());
        format.read(text.getBytes(StandardCharsets.UTF_8), harvest);
        return harvest;
    }
}
