package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.client;
import static dev.portcullis.limit.Requests.from;
import static dev.portcullis.limit.Requests.of;
import static dev.portcullis.limit.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.http.RecordedWire;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyingTest {

    private static final Salt SALT = new Salt(7, 11, true);

    @Test
    void anAddressCountsByItself() {
        assertThat(meter("address", from("192.0.2.1"))).isEqualTo(meter("address", from("::ffff:192.0.2.1")));
        assertThat(meter("address", from("192.0.2.1"))).isNotEqualTo(meter("address", from("192.0.2.2")));
    }

    @Test
    void ipv6AddressesCountByTheirNetworkOf64Bits() {
        var keys = IntStream.range(0, 50)
                .mapToObj(i -> meter("address", from("2001:db8:0:7::" + Integer.toHexString(i))))
                .distinct();

        assertThat(keys).hasSize(1);
        assertThat(meter("address", from("2001:db8:0:7::1"))).isNotEqualTo(meter("address", from("2001:db8:0:8::1")));
        assertThat(meter(key("address", "route"), from("2001:db8:0:7::1")))
                .isEqualTo(meter(key("address", "route"), from("2001:db8:0:7::2")));
    }

    @Test
    void aClientCountsByIssuerAndClient() {
        var acme = client("main", "acme", null);

        assertThat(meter("client", of(acme, from("192.0.2.1"))))
                .isEqualTo(meter("client", of(acme, from("192.0.2.2"))));
        assertThat(meter("client", of(acme, from("192.0.2.1"))))
                .isNotEqualTo(meter("client", of(client("other", "acme", null), from("192.0.2.1"))))
                .isNotEqualTo(meter("client", of(client("main", "ajax", null), from("192.0.2.1"))));
        assertThat(meter("client", of(client("a", "bc", null), from("192.0.2.1"))))
                .isNotEqualTo(meter("client", of(client("ab", "c", null), from("192.0.2.1"))));
    }

    @Test
    void whoeverLacksWhatIsCountedByCountsByAddress() {
        var byAddress = meter("address", from("192.0.2.1"));

        assertThat(meter("client", from("192.0.2.1"))).isEqualTo(byAddress);
        assertThat(meter("tenant", from("192.0.2.1"))).isEqualTo(byAddress);
        assertThat(meter("tenant", of(client("main", "acme", null), from("192.0.2.1"))))
                .isEqualTo(byAddress);
        assertThat(meter("header:x-device", from("192.0.2.1"))).isEqualTo(byAddress);
        assertThat(meter("header:x-device", with("X-Device", " "))).isEqualTo(byAddress);
        assertThat(meter("header:x-device", with("X-Device", "d".repeat(Keying.MAX_HEADER + 1))))
                .isEqualTo(byAddress);
    }

    @Test
    void aTenantCountsByIssuerAndTenant() {
        var north = client("main", "acme", "north");

        assertThat(meter("tenant", of(north, from("192.0.2.1"))))
                .isEqualTo(meter("tenant", of(client("main", "ajax", "north"), from("192.0.2.2"))))
                .isNotEqualTo(meter("tenant", of(client("main", "acme", "south"), from("192.0.2.1"))))
                .isNotEqualTo(meter("tenant", of(client("other", "acme", "north"), from("192.0.2.1"))));
    }

    @Test
    void aRouteCountsByItsTemplateAndNotByItsPath() {
        assertThat(meter("route", to("Orders#get", "/orders/1")))
                .isEqualTo(meter("route", to("Orders#get", "/orders/2")));
        assertThat(meter("route", to("Orders#get", "/orders/1")))
                .isNotEqualTo(meter("route", to("Orders#list", "/orders/1")));
        assertThat(meter("route", from("192.0.2.1"))).isEqualTo(meter("route", to("partners", "/orders/1")));
    }

    private static Request to(String handler, String path) {
        return RecordedWire.of("GET", path)
                .to(new Route(handler, "/orders/{id}", Map.of()))
                .view();
    }

    @Test
    void aHeaderCountsByItsValue() {
        assertThat(meter("header:x-device", with("X-Device", "a")))
                .isEqualTo(meter("header:x-device", with("x-device", "a")));
        assertThat(meter("header:x-device", with("X-Device", "a")))
                .isNotEqualTo(meter("header:x-device", with("X-Device", "A")));
    }

    @Test
    void globalCountsAll() {
        assertThat(meter("global", from("192.0.2.1"))).isEqualTo(meter("global", with("X-Device", "a")));
    }

    @Test
    void combinationsCountByAllTheirParts() {
        var combined = key("address", "header:a", "header:b");
        var keys = new HashSet<MeterKey>();
        keys.add(meter(combined, from("192.0.2.1")));
        keys.add(meter(combined, from("192.0.2.2")));
        keys.add(meter(combined, with("A", "x")));
        keys.add(meter(combined, with("B", "x")));
        keys.add(meter(combined, with("A", "xy")));
        keys.add(meter(key("header:a"), with("A", "x")));
        keys.add(meter(key("header:a", "header:b"), with("A", "x")));

        assertThat(keys).hasSize(7);
    }

    @Test
    void rulesAndSaltsKeepKeysApart() {
        var request = from("192.0.2.1");

        assertThat(new Keying(1, "r", key("client"), SALT).of(request))
                .isNotEqualTo(new Keying(2, "r", key("client"), SALT).of(request))
                .isNotEqualTo(new Keying(1, "r", key("client"), Salt.random()).of(request));
    }

    /** Who knows the key of a keyed hash can make texts that collide; so a salt that nodes share takes another one. */
    @Test
    void aSaltThatIsNoSecretIsNoKeyOfAHash() {
        var acme = of(client("main", "acme", null), from("192.0.2.1"));

        assertThat(new Keying(1, "r", key("client"), new Salt(7, 11, false)).of(acme))
                .isEqualTo(new Keying(1, "r", key("client"), new Salt(7, 11)).of(acme))
                .isNotEqualTo(new Keying(1, "r", key("client"), new Salt(7, 11, true)).of(acme));
    }

    @Test
    void keysOfARequestAndOfItsCallerAreTheSame() {
        var acme = client("main", "acme", "north");
        for (var salt : List.of(SALT, new Salt(7, 11))) {
            for (var words : List.of(key("client"), key("tenant"), key("client", "global"))) {
                var keying = new Keying(1, "r", words, salt);
                assertThat(keying.of(acme)).isEqualTo(keying.of(of(acme, from("192.0.2.1"))));
            }
            assertThat(new Keying(1, "r", key("client", "address"), salt).of(acme))
                    .isNull();
        }
    }

    @Test
    void scramblingLosesNothing() {
        var salt = Salt.random();

        assertThat(IntStream.range(0, 100_000)
                        .mapToLong(i -> salt.scrambled((long) i << 32 | i))
                        .distinct()
                        .count())
                .isEqualTo(100_000);
    }

    private static MeterKey meter(String word, Request request) {
        return meter(key(word), request);
    }

    private static MeterKey meter(LimitKey key, Request request) {
        return new Keying(1, "partners", key, SALT).of(request);
    }
}
