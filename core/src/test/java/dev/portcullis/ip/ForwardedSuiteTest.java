package dev.portcullis.ip;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Address;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.Forwarding.Facts;
import dev.portcullis.http.Head;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others expect of forwarding headers, and where we differ and why. */
@Tag("suite")
class ForwardedSuiteTest {

    private static final String ZONE = "an address has no zone here";
    private static final String TRUST_BY_COUNT = "proxies are trusted by their address, not by their number";
    private static final String TRUST_BY_KIND = "no address is trusted for being private";
    private static final String CONTAINER = "the door takes the peer's address from its container";
    private static final String LAST_VALUE = "scheme and host are the last value, which a client cannot forge";
    private static final String NOT_READ = "the header is not read";

    private static final String JETTY_PEER = "192.0.2.250";

    private static final Map<String, String> STRATEGIES_NOT_OFFERED = Map.of(
            "leftmostNonPrivate", TRUST_BY_KIND,
            "rightmostNonPrivate", TRUST_BY_KIND,
            "isPrivateOrLocal", TRUST_BY_KIND,
            "rightmostTrustedCount", TRUST_BY_COUNT,
            "remoteAddr", CONTAINER);

    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            entry("Cloudflare ranges", "the ranges are a name of the library that the suite is from"),
            entry("Error: bad header nanme", "a header of another name is one that holds a single address"),
            entry("Peer untrusted IPv6 with zone: returns peer with zone", ZONE),
            entry("IPv6 with zone and port", ZONE),
            entry("Duplicate token", "a parameter stands in an element once"),
            entry("RFC7239 Examples: Section 7 (spaced)", "a hop that is hidden ends the walk"),
            entry("Multiple ProxyPass (example.com:80 to rp.example.com:82 to localhost:8080)", LAST_VALUE),
            entry("RFC7239 - mixed with HTTP/1.0 - No Host header", "the walk ends at an element that names nobody"),
            entry("X-Forwarded-For and X-Forwarded-Port (once)", NOT_READ),
            entry("X-Forwarded-For and X-Forwarded-Port (multiple times combined)", NOT_READ),
            entry("X-Forwarded-* (all headers except server)", NOT_READ),
            entry("X-Forwarded-* (all headers)", NOT_READ),
            entry("X-Forwarded-* (all headers reversed)", NOT_READ),
            entry("RFC7239 mixed with X-Forwarded-* headers", "the host is that of the element at which the walk ends"),
            entry("Forced Host with port", "a setting of Jetty"),
            entry("X-Proxied-Https", NOT_READ),
            entry("HTTP/1.0 - no Host header", CONTAINER),
            entry("HTTP/1.0 - Empty Host header", CONTAINER),
            entry("Old name then new name", "a setting of Jetty"));

    private static final String ALL_TRUSTED = "when all hops are trusted, the first of them calls";

    private static final Map<String, String> TRAEFIK_OTHERWISE = Map.of(
            "Trust all IPs", ALL_TRUSTED,
            "Trust all IPs with CIDR", ALL_TRUSTED);

    private static List<JsonNode> rows(String file) {
        return StreamSupport.stream(Suites.json(file).path("cases").spliterator(), false)
                .filter(row ->
                        !STRATEGIES_NOT_OFFERED.containsKey(row.path("strategy").asText()))
                .filter(row -> !OTHERWISE.containsKey(name(row)))
                .toList();
    }

    private static String name(JsonNode row) {
        return row.path("name").asText();
    }

    @Test
    void walksBackAsOthersDo() {
        var judged = 0;
        for (var row : rows("forwarded_strategies.json")) {
            if (row.path("strategy").asText().equals("rightmostTrustedRange")) {
                var trusted = IpRanges.of(texts(row.path("trustedRanges"))
                        .map(IpRangeTest::network)
                        .toList());
                var peer =
                        peer(row, texts(row.path("trustedRanges")).findFirst().orElseThrow());
                var address = facts(row, trusted, peer).address();
                assertMeans(row.path("want").textValue(), address, peer, trusted);
                judged++;
            }
        }

        assertThat(judged).isGreaterThanOrEqualTo(6);
    }

    /** The suite's peer, or a trusted one where it names none. */
    private static Address peer(JsonNode row, String trusted) {
        var address = Node.address(row.path("remoteAddr").textValue());
        return address == null ? IpRangeTest.network(trusted).first() : address;
    }

    /** The suite wants nothing where we take the last trusted hop. */
    private static void assertMeans(String wanted, Address address, Address peer, IpRanges trusted) {
        if (wanted.isEmpty()) {
            assertThat(address.equals(peer) || trusted.contains(address)).isTrue();
        } else {
            assertThat(address).isEqualTo(Address.parse(wanted));
        }
    }

    @Test
    void readsSingleHeadersAsOthersDo() {
        var judged = 0;
        for (var row : rows("forwarded_strategies.json")) {
            if (row.path("strategy").asText().equals("singleIPHeader")) {
                judged++;
                assertSingle(row, Address.parse("10.0.0.1"));
            }
        }

        assertThat(judged).isGreaterThanOrEqualTo(6);
    }

    private static void assertSingle(JsonNode row, Address peer) {
        var trusted = IpRanges.of(List.of(IpRange.parse("10.0.0.0/8")));
        if (row.path("configError").booleanValue()) {
            assertThatIllegalArgumentException().isThrownBy(() -> facts(row, trusted, peer));
        } else {
            assertMeans(row.path("want").textValue(), facts(row, trusted, peer).address(), peer, trusted);
        }
    }

    private static Facts facts(JsonNode row, IpRanges trusted, Address peer) {
        var wire = RecordedWire.of("GET", "/").from(peer.toString());
        for (var header : row.path("headers").properties()) {
            for (var value : header.getValue()) {
                wire = wire.with(header.getKey(), value.textValue());
            }
        }
        return TrustedProxies.builder(trusted)
                .address(row.path("headerName").textValue())
                .build()
                .facts(Head.of(wire));
    }

    @Test
    void readsElementsAsOthersDo() {
        var judged = 0;
        for (var row : rows("forwarded_strategies.json")) {
            if (row.path("strategy").asText().equals("forwardedListItem")) {
                var wanted = row.path("want").textValue();
                assertThat(address(row.path("item").textValue()))
                        .as(name(row))
                        .isEqualTo(wanted == null ? null : Address.parse(wanted));
                judged++;
            }
        }

        assertThat(judged).isGreaterThanOrEqualTo(8);
    }

    @Test
    void readsListsAsOthersDo() {
        var judged = 0;
        for (var row : rows("forwarded_strategies.json")) {
            if (row.path("strategy").asText().equals("forwardedList")) {
                var items = texts(row.path("headers").path("Forwarded"));
                assertThat(items.map(ForwardedSuiteTest::address))
                        .as(name(row))
                        .isEqualTo(texts(row.path("want")).map(Address::parse).toList());
                judged++;
            }
        }

        assertThat(judged).isPositive();
    }

    private static @Nullable Address address(String item) {
        var element = ForwardedElement.parse(item);
        return element == null ? null : element.address();
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue);
    }

    @Test
    void readsRequestsAsJettyDoesWhenAllHopsAreTrusted() {
        var judged = 0;
        for (var row : rows("forwarded_jetty_requests.json")) {
            var facts = jetty(row);
            var expected = row.path("expected");
            assertThat(facts.scheme())
                    .as(name(row))
                    .isEqualTo(expected.path("scheme").textValue());
            assertThat(withPort(facts))
                    .as(name(row))
                    .isEqualTo(expected.path("serverName").asText() + ":" + expected.path("serverPort"));
            assertThat(facts.address())
                    .as(name(row))
                    .isEqualTo(jettyAddress(expected.path("remoteAddr").asText("")));
            judged++;
        }

        assertThat(judged).isGreaterThanOrEqualTo(12);
    }

    private static String withPort(Facts facts) {
        var hasPort = facts.host().lastIndexOf(':') > facts.host().lastIndexOf(']');
        return hasPort ? facts.host() : facts.host() + (facts.scheme().equals("https") ? ":443" : ":80");
    }

    private static Address jettyAddress(String text) {
        var none = text.isEmpty() || text.equals("0.0.0.0");
        return Address.parse(none ? JETTY_PEER : text.replaceAll("[\\[\\]]", ""));
    }

    private static Facts jetty(JsonNode row) {
        var lines = texts(row.path("request")).skip(1).toList();
        var modern = lines.stream().anyMatch(line -> line.startsWith("Forwarded:"));
        var all = Stream.of("0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3", "::/1");
        var proxies = TrustedProxies.builder(IpRanges.of(all.map(IpRange::parse).toList()))
                .address(modern ? "Forwarded" : "X-Forwarded-For")
                .scheme(modern ? "Forwarded" : "X-Forwarded-Proto")
                .host(modern ? "Forwarded" : "X-Forwarded-Host")
                .build();
        var wire = RecordedWire.of("GET", "/").from(JETTY_PEER);
        for (var line : lines) {
            var colon = line.indexOf(':');
            wire = wire.with(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return proxies.facts(Head.of(wire));
    }

    @Test
    void walksBackAsTraefikDoesWithTrustedAddresses() {
        var judged = 0;
        for (var row : Suites.json("forwarded_traefik.json").path("cases")) {
            var test = row.path("test").asText();
            var name = row.path("desc").asText();
            if (test.equals("TestTrustedIPsStrategy_GetIP") && !TRAEFIK_OTHERWISE.containsKey(name)) {
                var trusted = IpRanges.of(
                        texts(row.path("trustedIPs")).map(IpRangeTest::network).toList());
                var peer = IpRangeTest.network(
                                texts(row.path("trustedIPs")).findFirst().orElseThrow())
                        .first();
                var trail = Trail.ofList(
                        peer, List.of(row.path("X-Forwarded-For").textValue()), Trail.Reach.through(trusted));
                assertThat(trail.address())
                        .as(name)
                        .isEqualTo(Address.parse(row.path("expected").textValue()));
                judged++;
            }
        }

        assertThat(judged).isPositive();
    }
}
