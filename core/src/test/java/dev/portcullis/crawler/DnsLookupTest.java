package dev.portcullis.crawler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Address;
import dev.portcullis.fixture.NameServer;
import dev.portcullis.store.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The DNS, asked over UDP. */
class DnsLookupTest {

    private static final Address FOUR = Address.parse("192.0.2.17");
    private static final Address SIX = Address.parse("2001:db8::a:1");
    private static final String REVERSE = "17.2.0.192.in-addr.arpa";

    private final NameServer server = NameServer.start();
    private final DnsLookup lookup = DnsLookup.of(List.of(server.place()), Duration.ofSeconds(10));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void findsNamesAndAddressesOfBothFamilies() throws IOException {
        var six = "1.0.0.0.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
        server.pointer(REVERSE, "a.example.com", "b.example.com").pointer(six, "c.example.com");
        server.host("a.example.com", "192.0.2.17", "192.0.2.18", "2001:db8::a:1");
        assertThat(lookup.namesOf(FOUR)).containsExactlyInAnyOrder("a.example.com.", "b.example.com.");
        assertThat(lookup.namesOf(SIX)).containsExactly("c.example.com.");
        assertThat(lookup.addressesOf("a.example.com", FOUR))
                .containsExactlyInAnyOrder(FOUR, Address.parse("192.0.2.18"));
        assertThat(lookup.addressesOf("a.example.com", SIX)).containsExactly(SIX);
    }

    @Test
    void whatDoesNotExistHasNoNames() throws IOException {
        server.host("four.example.com", "192.0.2.17");
        assertThat(lookup.namesOf(FOUR)).isEmpty();
        assertThat(lookup.addressesOf("none.example.com", FOUR)).isEmpty();
        assertThat(lookup.addressesOf("four.example.com", SIX)).isEmpty();
    }

    @Test
    void followsTheOwnersOfSmallNetworks() throws IOException {
        server.delegates(REVERSE, "17.16-31.2.0.192.in-addr.arpa", "a.example.com");
        assertThat(lookup.namesOf(FOUR)).containsExactly("a.example.com.");
    }

    @Test
    void cannotTellWhenTheServerFailsOrIsSilent() {
        server.breaks(REVERSE).ignores("slow.example.com");
        assertThatThrownBy(() -> lookup.namesOf(FOUR)).isInstanceOf(IOException.class);
        var hasty = DnsLookup.of(List.of(server.place()), Duration.ofMillis(900));
        assertThatThrownBy(() -> hasty.addressesOf("slow.example.com", FOUR)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> lookup.addressesOf("ldap://127.0.0.1/x", FOUR)).isInstanceOf(IOException.class);
        Until.holds(() -> assertThat(server.asked())
                .filteredOn("A slow.example.com"::equals)
                .hasSize(2));
    }

    @Test
    void aServerIsAnAddress() {
        for (var place :
                List.of("ns.example.com", "10.0.0.2:0", "10.0.0.2:x", "[::1", "", "10.0.0.2/24", "10.0.0.2 ::1")) {
            assertThatThrownBy(() -> DnsLookup.of(List.of(place), Duration.ofSeconds(1)))
                    .as(place)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: an address");
        }
        for (var place : List.of("10.0.0.2", "10.0.0.2:53", "::1", "[::1]", "[::1]:53")) {
            assertThat(DnsLookup.of(List.of(place), Duration.ofSeconds(1))).isNotNull();
        }
        assertThatThrownBy(() -> DnsLookup.of(List.of(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
