package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Outcome;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests with several signatures (RFC 9421, section 4.3): of one client, of two, and with some left out. */
class SeveralSignaturesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Signer OLD = Signer.of("ed25519");
    private static final Signer NEW = Signer.of("ecdsa-p256-sha256");
    private static final Signer OTHER = Signer.of("ed25519");

    private static final String YAML = """
            signatures:
              partners:
                keys:
                  old: { algorithm: ed25519, %s, client: acme }
                  new: { algorithm: ecdsa-p256-sha256, %s, client: acme }
                  other: { algorithm: ed25519, %s, client: shop }
            policies:
              api: { paths: [/api/**], authenticate: [signature] }
            """.formatted(OLD.written(), NEW.written(), OTHER.written());

    private final HandClock clock = HandClock.at(NOW);
    private final List<String> reasons = new ArrayList<>();
    private final Gate gate = Gate.builder(Gates.file(YAML))
            .clock(clock)
            .listener(Gates.reasons(reasons))
            .build();

    private static RecordedWire post() {
        return RecordedWire.of("POST", "/api/orders")
                .over("https")
                .with("Host", "example.com")
                .with("Content-Type", "application/json")
                .with("Content-Length", "2")
                .body("{}");
    }

    /** One signature, as the value of either field. */
    private record Part(String input, String signature) {

        static Part of(String label, Signer signer, String parameters) {
            var signed = signer.sign(post(), Signer.components(post()), parameters);
            return new Part(
                    label + value(signed, "Signature-Input").substring(4),
                    label + value(signed, "Signature").substring(4));
        }

        private static String value(RecordedWire wire, String name) {
            return wire.headers().stream()
                    .filter(header -> header.named(name))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }

    private static String parameters(String key, String nonce) {
        return ";created=" + NOW.getEpochSecond() + ";keyid=\"" + key + "\";nonce=\"" + nonce + "\"";
    }

    private static Part old(String nonce) {
        return Part.of("a", OLD, parameters("old", nonce));
    }

    private static Part young(String nonce) {
        return Part.of("b", NEW, parameters("new", nonce));
    }

    private static RecordedWire with(Part... parts) {
        var wire = post().with("Content-Digest", Signer.digest("{}"));
        for (var part : parts) {
            wire = wire.with("Signature-Input", part.input).with("Signature", part.signature);
        }
        return wire;
    }

    /** Who called, or what was wrong. */
    private String said(Part... parts) {
        reasons.clear();
        var outcome = gate.engine().evaluate(gate.view(with(parts)));
        return outcome instanceof Outcome.Proceed proceed
                ? String.valueOf(proceed.principal().client())
                : String.join(",", reasons);
    }

    @Test
    void areOfTheClientWhoseKeysAllOfThemNameWhileItRotates() {
        assertThat(said(old("1"), young("2"))).isEqualTo("acme");
        assertThat(said(young("3"), old("4"))).isEqualTo("acme");
    }

    @Test
    void saysNobodyWhereTwoClientsHaveSigned() {
        var other = Part.of("c", OTHER, parameters("other", "2"));

        assertThat(said(old("1"), other)).isEqualTo("several-signatures");
        assertThat(said(old("1"), young("2"), other)).isEqualTo("several-signatures");
    }

    @Test
    void holdAllOfThemOrNone() {
        var forged = new Part(young("2").input, "b=:" + OTHER.sign("x") + ":");

        assertThat(said(old("1"), forged)).isEqualTo("bad-signature");
        assertThat(said(forged, old("1"))).isEqualTo("bad-signature");
        assertThat(said(old("1"), Part.of("b", NEW, parameters("new", "2").replace("created=", "created=1"))))
                .isEqualTo("created-in-the-future");
        assertThat(said(old("1"))).as("nothing was used up").isEqualTo("acme");
    }

    @Test
    void byKeysThatNobodyKnowsAreLeftAlone() {
        assertThat(said(old("1"), Part.of("b", OTHER, parameters("unknown", "2"))))
                .isEqualTo("acme");
    }

    @Test
    void areUsedUpTogether() {
        assertThat(said(old("1"), young("2"))).isEqualTo("acme");
        assertThat(said(old("1"), young("2"))).isEqualTo("replay");
        assertThat(said(old("1"))).isEqualTo("replay");
        assertThat(said(young("2"))).isEqualTo("replay");
        assertThat(said(old("3"), young("2"))).isEqualTo("replay");
    }

    @Test
    void mayShareANonceThatIsRememberedUntilTheLaterOneIsTooOld() {
        var later = ";created=" + NOW.plusSeconds(5).getEpochSecond() + ";keyid=\"old\";nonce=\"1\"";
        var second = Part.of("b", OLD, later);

        assertThat(said(old("1"), second)).isEqualTo("acme");
        clock.advance(Duration.ofSeconds(70));
        assertThat(said(second)).isEqualTo("replay");
    }
}
