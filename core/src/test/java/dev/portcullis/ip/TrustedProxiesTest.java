package dev.portcullis.ip;

import static dev.portcullis.ip.ProxyStage.TRUSTED;
import static dev.portcullis.ip.ProxyStage.facts;
import static dev.portcullis.ip.ProxyStage.ranges;
import static dev.portcullis.ip.ProxyStage.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Address;
import dev.portcullis.http.Forwarding.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer is 10.0.0.1, a trusted proxy, where nothing else is said. */
class TrustedProxiesTest {

    private final TrustedProxies list = addressIn("X-Forwarded-For");
    private final TrustedProxies forwarded = addressIn("Forwarded");
    private final TrustedProxies single = addressIn("CF-Connecting-IP");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one hop                             | 203.0.113.9                         | 203.0.113.9",
                "a forged entry to the left          | 1.2.3.4, 203.0.113.9                | 203.0.113.9",
                "a forged trusted entry to the left  | 10.9.9.9, 203.0.113.9               | 203.0.113.9",
                "garbage to the left                 | \", <script>,,, 203.0.113.9         | 203.0.113.9",
                "two trusted hops                    | 1.2.3.4, 203.0.113.9, 10.0.0.2      | 203.0.113.9",
                "all hops trusted                    | 10.0.0.3, 10.0.0.2                  | 10.0.0.3",
                "trusted hops of both families       | 203.0.113.9, 2001:db8:a::2          | 203.0.113.9",
                "no white space                      | 203.0.113.9,10.0.0.2                | 203.0.113.9",
                "much white space                    | 203.0.113.9 \t , \t 10.0.0.2        | 203.0.113.9",
                "white space at the ends             | ' \t203.0.113.9 '                    | 203.0.113.9",
                "empty elements                      | 203.0.113.9, , ,10.0.0.2, ,         | 203.0.113.9",
                "a port                              | 203.0.113.9:4711                    | 203.0.113.9",
                "IPv6                                | 2001:db8::7                         | 2001:db8::7",
                "IPv6 in brackets                    | [2001:db8::7]                       | 2001:db8::7",
                "IPv6 with a port                    | [2001:db8::7]:4711                  | 2001:db8::7",
                "IPv4-mapped                         | ::ffff:203.0.113.9                  | 203.0.113.9",
                "IPv4-mapped and trusted             | 203.0.113.9, ::ffff:10.0.0.2        | 203.0.113.9",
                "an empty field                      | ''                                  | 10.0.0.1",
                "unknown                             | 1.2.3.4, unknown                    | 10.0.0.1",
                "an obfuscated name                  | 1.2.3.4, _hidden                    | 10.0.0.1",
                "a zone                              | fe80::1%eth0                        | 10.0.0.1",
                "octal                               | 0177.0.0.1                          | 10.0.0.1",
                "short                               | 127.1                               | 10.0.0.1",
                "a name                              | localhost                           | 10.0.0.1",
                "the unspecified address             | 0.0.0.0                             | 10.0.0.1",
                "the unspecified IPv6 address        | ::                                  | 10.0.0.1",
                "a port that is none                 | 203.0.113.9:http                    | 10.0.0.1",
                "a port too long                     | 203.0.113.9:123456                  | 10.0.0.1",
                "half a bracket                      | [2001:db8::7                        | 10.0.0.1",
                "IPv4 in brackets                    | [203.0.113.9]                       | 10.0.0.1",
                "a bracket and more                  | [2001:db8::7]x                      | 10.0.0.1",
                "quotes                              | \"203.0.113.9\"                     | 10.0.0.1",
                "garbage behind a trusted hop        | 203.0.113.9, nonsense, 10.0.0.2     | 10.0.0.2",
            })
    void walksBackThroughTheList(String name, String field, String address) {
        assertThat(facts(list, "X-Forwarded-For", field).address()).as(name).isEqualTo(Address.parse(address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "one hop                             | for=203.0.113.9                               | 203.0.113.9",
                "a forged element to the left        | for=1.2.3.4, for=203.0.113.9                  | 203.0.113.9",
                "an open quote to the left           | for=\"1.2.3.4, for=203.0.113.9                | 203.0.113.9",
                "an escape to the left               | for=\"\\, for=\"203.0.113.9\"                 | 203.0.113.9",
                "a comma in quotes                   | x=\"a, for=1.2.3.4\";for=203.0.113.9          | 203.0.113.9",
                "an escaped quote before a comma     | x=\"\\\", for=1.2.3.4\";for=203.0.113.9       | 203.0.113.9",
                "two trusted hops                    | for=203.0.113.9;proto=https, for=10.0.0.2     | 203.0.113.9",
                "names ignore case                   | FOR=203.0.113.9                               | 203.0.113.9",
                "IPv6 with a port                    | for=\"[2001:db8::7]:4711\"                    | 2001:db8::7",
                "IPv4 with an obfuscated port        | for=\"203.0.113.9:_x1\"                       | 203.0.113.9",
                "all hops trusted                    | for=10.0.0.3, for=10.0.0.2                    | 10.0.0.3",
                "empty elements                      | for=203.0.113.9, ,for=10.0.0.2,               | 203.0.113.9",
                "unknown                             | for=1.2.3.4, for=unknown                      | 10.0.0.1",
                "an obfuscated name                  | for=1.2.3.4, for=_hidden, for=10.0.0.2        | 10.0.0.2",
                "no for                              | for=1.2.3.4, proto=https                      | 10.0.0.1",
                "for twice                           | for=203.0.113.9;for=1.2.3.4                   | 10.0.0.1",
                "IPv6 without brackets               | for=\"2001:db8::7\"                           | 2001:db8::7",
                "IPv6 without quotes                 | for=[2001:db8::7]                             | 2001:db8::7",
                "a port without quotes               | for=203.0.113.9:4711                          | 203.0.113.9",
                "a zone                              | for=\"[fe80::1%25eth0]\"                      | 10.0.0.1",
                "white space around the equals sign  | for = 203.0.113.9                             | 10.0.0.1",
                "a list of plain addresses           | 203.0.113.9                                   | 10.0.0.1",
            })
    void walksBackThroughForwarded(String name, String field, String address) {
        assertThat(facts(forwarded, "Forwarded", field).address()).as(name).isEqualTo(Address.parse(address));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "203.0.113.9:80, 203.0.113.9",
        "2001:db8::7, 2001:db8::7",
        "[2001:db8::7]:80, 2001:db8::7",
        "10.0.0.7, 10.0.0.7",
        "nonsense, 10.0.0.1",
        "unknown, 10.0.0.1",
        "'203.0.113.9, 203.0.113.8', 10.0.0.1",
    })
    void takesTheOneAddressOfASingleHeader(String field, String address) {
        assertThat(facts(single, "CF-Connecting-IP", field).address()).isEqualTo(Address.parse(address));
    }

    @Test
    void twoLinesOfASingleHeaderAreNotBelieved() {
        var wire = wire().with("CF-Connecting-IP", "203.0.113.9").with("CF-Connecting-IP", "203.0.113.9");

        assertThat(facts(single, wire).address()).isEqualTo(Address.parse("10.0.0.1"));
        assertThat(single.report().unreadable()).isEqualTo(1);
    }

    @Test
    void severalLinesAreOneList() {
        var wire = wire().with("X-Forwarded-For", "1.2.3.4, 203.0.113.9").with("X-Forwarded-For", "10.0.0.3, 10.0.0.2");

        assertThat(facts(list, wire).address()).isEqualTo(Address.parse("203.0.113.9"));
    }

    @Test
    void noHeaderMeansThePeer() {
        assertThat(facts(list, wire())).isEqualTo(new Facts(Address.parse("10.0.0.1"), "http", "inner:8080", true));
        assertThat(list.report().unreadable()).isZero();
    }

    @Test
    void aPeerThatIsNotTrustedIsNotBelieved() {
        var proxies = TrustedProxies.builder(TRUSTED)
                .address("x-forwarded-for")
                .scheme("x-forwarded-proto")
                .host("x-forwarded-host")
                .build();
        var wire = wire().from("203.0.113.9")
                .with("X-Forwarded-For", "1.2.3.4")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "evil.example");

        assertThat(facts(proxies, wire))
                .isEqualTo(new Facts(Address.parse("203.0.113.9"), "http", "inner:8080", false));
        assertThat(proxies.report().ignored()).isEqualTo(1);
        assertThat(proxies.report().unreadable()).isZero();
    }

    @Test
    void aPeerWithoutTheHeadersIsNotCounted() {
        facts(list, wire().from("203.0.113.9").with("X-Real-IP", "1.2.3.4"));

        assertThat(list.report().ignored()).isZero();
    }

    @Test
    void headersThatWereNotNamedAreNotRead() {
        var wire = wire().with("Forwarded", "for=1.2.3.4")
                .with("X-Real-IP", "1.2.3.4")
                .with("X_Forwarded_For", "1.2.3.4");

        assertThat(facts(list, wire).address()).isEqualTo(Address.parse("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "close, x-forwarded-for", "x-FORWARDED-for ,keep-alive"})
    void aHeaderNamedInConnectionIsIgnored(String connection) {
        var wire = wire().with("X-Forwarded-For", "1.2.3.4").with("Connection", connection);

        assertThat(facts(list, wire).address()).isEqualTo(Address.parse("10.0.0.1"));
        assertThat(list.report().unreadable()).isEqualTo(1);
    }

    @Test
    void aHeaderNotNamedInConnectionIsRead() {
        var wire = wire().with("X-Forwarded-For", "203.0.113.9").with("Connection", "close, forwarded");

        assertThat(facts(list, wire).address()).isEqualTo(Address.parse("203.0.113.9"));
    }

    @Test
    void anOperatorSeesWhatCouldNotBeRead() {
        facts(list, "X-Forwarded-For", "nonsense");
        facts(list, "X-Forwarded-For", "203.0.113.9");
        facts(forwarded, "Forwarded", "for=_hidden");
        facts(forwarded, "Forwarded", "for=nonsense");
        facts(forwarded, "Forwarded", "for:nonsense");

        assertThat(list.report().unreadable()).isEqualTo(1);
        assertThat(forwarded.report().unreadable()).isEqualTo(2);
    }

    @Test
    void aListOfManyHopsIsNotFollowedToItsEnd() {
        var hops = "203.0.113.9" + ", 10.0.0.2".repeat(Trail.MAX_HOPS - 1);

        assertThat(facts(list, "X-Forwarded-For", hops).address()).isEqualTo(Address.parse("203.0.113.9"));
        assertThat(facts(list, "X-Forwarded-For", hops + ", 10.0.0.2").address())
                .isEqualTo(Address.parse("10.0.0.2"));
        assertThat(facts(list, "X-Forwarded-For", "203.0.113.9" + ",".repeat(Trail.MAX_HOPS))
                        .address())
                .isEqualTo(Address.parse("10.0.0.1"));
        assertThat(list.report().unreadable()).isEqualTo(2);
    }

    @Test
    void aLongElementIsNotRead() {
        var name = "x=\"" + "a".repeat(Trail.MAX_ELEMENT) + "\";for=203.0.113.9";

        assertThat(facts(forwarded, "Forwarded", name).address()).isEqualTo(Address.parse("10.0.0.1"));
    }

    @Test
    void refusesToTrustNobodyOrEverybody() {
        assertThatThrownBy(() -> TrustedProxies.builder(IpRanges.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trusted: none (expected: the ranges of the proxies)");
        assertThatThrownBy(() -> TrustedProxies.builder(ranges("0.0.0.0/0")))
                .hasMessage("trusted: everybody (expected: the ranges of the proxies, and no others)");
        assertThatThrownBy(() -> TrustedProxies.builder(ranges("10.0.0.0/8", "::/1", "8000::/1")))
                .hasMessageStartingWith("trusted: everybody");
    }

    @Test
    void refusesToBuildWithoutAHeader() {
        assertThatThrownBy(TrustedProxies.builder(TRUSTED)::build)
                .hasMessage("headers: none (expected: one for the address, the scheme or the host)");
        assertThatThrownBy(() -> TrustedProxies.builder(TRUSTED).address(""))
                .hasMessage("header: `` (expected: the name of a header)");
        assertThatThrownBy(() -> TrustedProxies.builder(TRUSTED).host("x-host: y"))
                .hasMessage("header: `x-host: y` (expected: the name of a header)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "both hops, whatever their addresses | 1.2.3.4, 203.0.113.9, 198.51.100.7  | 203.0.113.9",
                "no more than two                    | 1.2.3.4, 10.0.0.9, 10.0.0.8         | 10.0.0.9",
                "empty elements are no hops          | 203.0.113.9, , 198.51.100.7,        | 203.0.113.9",
                "one hop is missing                  | 198.51.100.7                        | 198.51.100.7",
                "garbage at the outer hop            | nonsense, 198.51.100.7              | 198.51.100.7",
                "garbage at the inner hop            | 203.0.113.9, nonsense               | 10.0.0.1",
            })
    void countsTwoHops(String name, String field, String address) {
        var counted = TrustedProxies.builder(TRUSTED)
                .address("X-Forwarded-For")
                .hops(2)
                .build();

        assertThat(facts(counted, "X-Forwarded-For", field).address()).as(name).isEqualTo(Address.parse(address));
    }

    @Test
    void hopsThatAreMissingAreCountedAndNobodyElseIsBelieved() {
        var counted = TrustedProxies.builder(TRUSTED)
                .address("X-Forwarded-For")
                .hops(2)
                .build();

        facts(counted, "X-Forwarded-For", "198.51.100.7");
        facts(counted, wire());
        assertThat(counted.report()).isEqualTo(new ProxyReport(0, 1, 1));
        assertThat(facts(counted, wire().from("203.0.113.9").with("X-Forwarded-For", "1.2.3.4, 198.51.100.7"))
                        .address())
                .isEqualTo(Address.parse("203.0.113.9"));
    }

    @Test
    void aHeaderThatIsNotThereIsCounted() {
        facts(list, wire());

        assertThat(list.report()).isEqualTo(new ProxyReport(0, 0, 1));
    }

    private static TrustedProxies addressIn(String header) {
        return TrustedProxies.builder(TRUSTED).address(header).build();
    }
}
