package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.met;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.ip.ListServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies that name lists of others. */
class FeedsTest {

    private static final String DENIED = "a.ip-feed-drop 403 address-denied";
    private static final String UNKNOWN = "a.ip-feed-drop 503 could-not-tell";
    private static final String DENY = "deny-feeds: [drop]";

    private final ListServer server = new ListServer().lists("198.51.100.0/24\n203.0.113.0/24\n");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void observesUnlessToldOtherwise() {
        var gate = loaded(yaml("", DENY));

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(met(gate, from("198.51.100.7"))).contains("a.ip-feed-drop (observed)");
    }

    @Test
    void deniesWhatAFeedLists() {
        var gate = loaded(yaml("mode: enforce", DENY));

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo(DENIED);
        assertThat(outcome(gate, from("192.0.2.1"))).isEqualTo("proceed");
    }

    @Test
    void aPolicyThatIsObservedEnforcesNoFeed() {
        var gate = loaded(yaml("mode: enforce", DENY + ", mode: observe"));

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
    }

    @Test
    void theAllowListWinsOverFeedsAndTheDenyListOverAll() {
        var gate = loaded(yaml(
                "mode: enforce, except: [203.0.113.9/32]",
                DENY + ", allow: [198.51.100.0/28, 203.0.113.0/28, 192.0.2.0/24], deny: [198.51.100.2]"));

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("203.0.113.9"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("198.51.100.2"))).isEqualTo("a.ip 403 address-denied");
        assertThat(outcome(gate, from("198.51.100.99"))).isEqualTo("a.ip 403 address-denied");
    }

    @Test
    void whatIsExceptedIsNotDeniedByTheFeed() {
        var gate = loaded(yaml("mode: enforce, except: [203.0.113.9/32]", DENY));

        assertThat(outcome(gate, from("203.0.113.9"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("203.0.113.8"))).isEqualTo(DENIED);
    }

    @Test
    void allowsWhatAFeedListsAndNobodyElse() {
        var gate = loaded(yaml("", "allow-feeds: [drop], allow: [192.0.2.1]"));

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("192.0.2.1"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("192.0.2.2"))).isEqualTo("a.ip 403 address-denied");
    }

    @Test
    void cannotTellBeforeTheFirstLoad() {
        var enforced = gate(yaml("mode: enforce", DENY));
        var allowing = gate(yaml("", "allow-feeds: [drop], allow: [192.0.2.1]"));
        var observed = gate(yaml("", DENY));
        var open = gate(yaml("mode: enforce, on-failure: proceed", DENY));

        assertThat(outcome(enforced, from("192.0.2.2"))).isEqualTo(UNKNOWN);
        assertThat(outcome(allowing, from("192.0.2.2"))).isEqualTo("a.ip 503 could-not-tell");
        assertThat(outcome(allowing, from("192.0.2.1"))).isEqualTo("proceed");
        assertThat(outcome(observed, from("192.0.2.2"))).isEqualTo("proceed");
        assertThat(outcome(open, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(enforced.readiness().ready()).isFalse();
        assertThat(enforced.readiness().causes()).containsExactly("feed `drop`: it was not loaded yet");
        assertThat(allowing.readiness().ready()).isFalse();
        assertThat(observed.readiness().ready()).isTrue();
        assertThat(open.readiness().ready()).isTrue();
    }

    @Test
    void isReadyOnceItIsLoaded() {
        assertThat(loaded(yaml("mode: enforce", DENY)).readiness().ready()).isTrue();
        server.answers(500);
        var away = loaded(yaml("mode: enforce", DENY));
        assertThat(away.readiness().causes().get(0)).contains("answers 500");
    }

    @Test
    void reportsHowItStands() {
        var report = loaded(yaml("", DENY)).feeds().get(0);

        assertThat(report.feed()).isEqualTo("drop");
        assertThat(report.entries()).isEqualTo(2);
        assertThat(report.age()).isZero();
    }

    @Test
    void aReloadKeepsWhatIsLoadedUnlessThatListsOurProxies() {
        var gate = loaded(yaml("mode: enforce", DENY));
        server.answers(500);

        gate.reload(Gates.file("# again\n" + yaml("mode: enforce, refresh: 2h", DENY)));
        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo(DENIED);
        gate.reload(
                Gates.file("forwarded: { trusted: [203.0.113.77], preset: nginx }\n" + yaml("mode: enforce", DENY)));
        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo(UNKNOWN);
    }

    private String yaml(String more, String ip) {
        var rest = more.isEmpty() ? "" : ", " + more;
        return "feeds: { drop: { source: \"" + server.uri() + "\"" + rest + " } }\n"
                + "policies: { a: { paths: [/**], public: true, ip: { " + ip + " } } }\n";
    }

    private static Gate gate(String yaml) {
        return Gate.builder(Gates.file(yaml))
                .clock(HandClock.at("2026-01-01T00:00:00Z"))
                .build();
    }

    /** Only what is fetched is waited for; what is done again and again stands on real time, and is ended. */
    private static Gate loaded(String yaml) {
        var gate = gate(yaml);
        gate.prepare().join();
        gate.close();
        return gate;
    }

    private static RecordedWire from(String address) {
        return get("/x").from(address);
    }
}
