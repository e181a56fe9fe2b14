package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Digests of bodies that signatures cover in other ways than as a whole field with one member. */
class SignedDigestsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Signer SIGNER = Signer.of("ed25519");
    private static final String PARAMETERS = ";created=" + NOW.getEpochSecond() + ";keyid=\"k1\";nonce=\"n1\"";
    private static final String FIELD = "Content-Digest";
    private static final String OTHER = "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:";

    private static RecordedWire post(String body) {
        return RecordedWire.of("POST", "/api/orders")
                .over("https")
                .with("Host", "example.com")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    /** Signs the method, the target, and this component of the digest. */
    private static RecordedWire signed(RecordedWire wire, String component, String value) {
        Map<String, String> components = new LinkedHashMap<>(Signer.components(RecordedWire.of("POST", wire.target())));
        components.put(component, value);
        return SIGNER.sign(wire, components, PARAMETERS);
    }

    private static String member(String field) {
        return field.substring(field.indexOf('=') + 1);
    }

    private static String said(RecordedWire wire) {
        var yaml = "signatures: { partners: { keys: { k1: { algorithm: ed25519, " + SIGNER.written()
                + ", client: acme } } } }\n"
                + "policies: { api: { paths: [/api/**], authenticate: [signature] } }\n";
        try (var gate = Gate.builder(Gates.file(yaml)).clock(HandClock.at(NOW)).build()) {
            return Gates.outcome(gate, wire);
        }
    }

    @Test
    void holdOfWhatTheSignatureCoversOfTheField() {
        var digest = Signer.digest("{}");
        var wire = signed(post("{}"), "\"content-digest\";key=\"sha-256\"", member(digest));
        assertThat(said(wire.with(FIELD, digest))).isEqualTo("proceed");
        assertThat(said(wire.with(FIELD, "md5=:AA==:, " + digest))).isEqualTo("proceed");
        assertThat(said(wire.body("[]").with(FIELD, digest))).contains("401 invalid-signature");
        assertThat(said(wire.body("[]").with(FIELD, Signer.digest("[]")))).contains("401 invalid-signature");
        var swapped = Signer.digest("[]").replace("sha-256", "sha-512");
        assertThat(said(wire.body("[]").with(FIELD, digest + ", " + swapped))).contains("401 invalid-signature");
        assertThat(said(wire.body("[]").with(FIELD, digest + ", " + Signer.digest("[]"))))
                .contains("401 invalid-signature");
        assertThat(said(wire.body("[]").with(FIELD, Signer.digest("[]") + ", " + digest)))
                .contains("401 invalid-signature");
    }

    @Test
    void coverNothingByAnAlgorithmThatIsNotLookedAt() {
        var wire = signed(post("{}"), "\"content-digest\";key=\"md5\"", ":AA==:");
        assertThat(said(wire.with(FIELD, "md5=:AA==:, " + Signer.digest("{}")))).contains("401 invalid-signature");
    }

    @Test
    void countTheLastOfAnAlgorithmThatTheClientNamedTwice() {
        var lastHolds = OTHER + ", " + Signer.digest("{}");
        assertThat(said(signed(post("{}"), "\"content-digest\"", lastHolds))).isEqualTo("proceed");
        var firstHolds = Signer.digest("{}") + ", " + OTHER;
        assertThat(said(signed(post("{}"), "\"content-digest\"", firstHolds))).contains("401 invalid-signature");
    }

    @Test
    void cannotBeAddedByWhoIsOnTheWay() {
        var wire = signed(post("[]"), "\"content-digest\";sf", Signer.digest("{}"));
        assertThat(said(wire.with(FIELD, Signer.digest("{}") + ", " + Signer.digest("[]"))))
                .contains("401 invalid-signature");
        assertThat(said(wire.with(FIELD, Signer.digest("[]") + ", " + Signer.digest("{}"))))
                .contains("401 invalid-signature");
    }
}
