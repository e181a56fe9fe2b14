package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRequestsTest {

    private static final String POLICY = """
      policies:
        api: { paths: [/api/**], authenticate: [signature] }
      """;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PARAMETERS = ";created=" + NOW.getEpochSecond() + ";keyid=\"k1\";nonce=\"n1\"";
    private static final Signer SIGNER = Signer.of("ed25519");

    private final HandClock clock = HandClock.at(NOW);
    private final List<String> reasons = new ArrayList<>();

    private Gate gate(String signing, String policies) {
        return gate(SIGNER, signing, policies);
    }

    private Gate gate(Signer signer, String signing, String policies) {
        var yaml = "signatures: { partners: { " + signing + " keys: { k1: { algorithm: " + signer.algorithm() + ", "
                + signer.written() + ", client: acme } } } }\n" + policies;
        return Gate.builder(Gates.file(yaml))
                .clock(clock)
                .listener(Gates.reasons(reasons))
                .build();
    }

    private static RecordedWire post(String body) {
        return RecordedWire.of("POST", "/api/orders?x=1")
                .over("https")
                .with("Host", "example.com")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    private static RecordedWire get() {
        return RecordedWire.of("GET", "/api/orders?x=1").over("https").with("Host", "example.com");
    }

    private static RecordedWire signed(RecordedWire wire) {
        return SIGNER.sign(wire, Signer.components(wire), PARAMETERS);
    }

    /** {@code proceed}, or the code and the reason. */
    private String said(Gate gate, RecordedWire wire) {
        reasons.clear();
        var outcome = gate.engine().evaluate(gate.view(wire));
        return outcome instanceof Outcome.Stop stop
                ? stop.reply().status() + " " + stop.reply().code() + " " + String.join(",", reasons)
                : "proceed";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pss-sha512",
                "rsa-v1_5-sha256",
                "hmac-sha256",
                "ecdsa-p256-sha256",
                "ecdsa-p384-sha384",
                "ed25519"
            })
    void passesARequestThatIsSignedByEachAlgorithmAndDeniesItWithAnotherBody(String algorithm) {
        var signer = Signer.of(algorithm);
        try (var gate = gate(signer, "", POLICY)) {
            var wire = signer.sign(post("{}"), Signer.components(post("{}")), PARAMETERS);
            assertThat(said(gate, wire.body("[]"))).isEqualTo("401 invalid-signature digest-mismatch");
            assertThat(said(gate, wire)).isEqualTo("proceed");
        }
    }

    @Test
    void saysWhoSigned() {
        try (var gate = gate("", POLICY)) {
            var outcome = (Outcome.Proceed) gate.engine().evaluate(gate.view(signed(get())));
            assertThat(outcome.principal().client()).isEqualTo("acme");
            assertThat(outcome.principal().proof()).isEqualTo("signature");
            assertThat(outcome.principal().claims()).containsEntry("keyid", "k1");
        }
    }

    @Test
    void deniesTheSameRequestASecondTimeAndAnotherNonceNot() {
        try (var gate = gate("", POLICY)) {
            assertThat(said(gate, signed(post("{}")))).isEqualTo("proceed");
            assertThat(said(gate, signed(post("{}")))).isEqualTo("401 invalid-signature replay");
            var other = SIGNER.sign(post("{}"), Signer.components(post("{}")), PARAMETERS.replace("n1", "n2"));
            assertThat(said(gate, other)).isEqualTo("proceed");
        }
    }

    @Test
    void remembersANonceAsLongAsItsSignatureMayHold() {
        try (var gate = gate("max-age: 60s, clock-skew: 5s,", POLICY)) {
            clock.advance(Duration.ofSeconds(-5));
            assertThat(said(gate, signed(post("{}")))).isEqualTo("proceed");
            clock.set(NOW.plusSeconds(65));
            assertThat(said(gate, signed(post("{}")))).isEqualTo("401 invalid-signature replay");
            clock.set(NOW.plusSeconds(66));
            assertThat(said(gate, signed(post("{}")))).isEqualTo("401 invalid-signature signature-expired");
        }
    }

    @Test
    void usesUpNoNonceForABadSignatureNorForARequestThatALimitStops() {
        var limited = """
          policies:
            api: { paths: [/api/**], authenticate: [signature], rate-limits: { one: { permits: 1, per: 1m } } }
          """;
        try (var gate = gate("", limited)) {
            assertThat(said(gate, tampered(signed(get())))).startsWith("401 invalid-signature bad-signature");
            assertThat(said(gate, signed(get()))).isEqualTo("proceed");
            var fresh = SIGNER.sign(get(), Signer.components(get()), PARAMETERS.replace("n1", "n2"));
            assertThat(said(gate, fresh)).startsWith("429 rate-limited");
            clock.advance(Duration.ofSeconds(60));
            assertThat(said(gate, fresh)).isEqualTo("proceed");
        }
    }

    private static RecordedWire tampered(RecordedWire wire) {
        return edited(wire, "Signature", value -> value.replaceFirst(":.", value.contains(":A") ? ":B" : ":A"));
    }

    private static RecordedWire edited(RecordedWire wire, String name, UnaryOperator<String> edit) {
        var headers = wire.headers().stream()
                .map(header -> header.named(name) ? new Header(name, edit.apply(header.value())) : header)
                .toList();
        return new RecordedWire(
                wire.method(),
                wire.target(),
                headers,
                wire.bytes(),
                wire.scheme(),
                wire.peer(),
                wire.route(),
                wire.dispatch());
    }

    @Test
    void deniesWhatWasChangedOnTheWay() {
        try (var gate = gate("", POLICY)) {
            var wire = signed(post("{}"));
            assertThat(said(gate, tampered(wire))).isEqualTo("401 invalid-signature bad-signature");
            assertThat(said(gate, edited(wire, "Host", host -> "example.org")))
                    .isEqualTo("401 invalid-signature bad-signature");
            assertThat(said(gate, wire.over("http"))).isEqualTo("401 invalid-signature bad-signature");
            var elsewhere = signed(RecordedWire.of("POST", "/api/other").over("https"));
            assertThat(said(gate, withSignatureOf(post("{}"), elsewhere)))
                    .isEqualTo("401 invalid-signature bad-signature");
        }
    }

    private static RecordedWire withSignatureOf(RecordedWire wire, RecordedWire other) {
        var taken = wire;
        for (var header : other.headers()) {
            taken = header.name().startsWith("Signature") ? taken.with(header.name(), header.value()) : taken;
        }
        return taken;
    }

    @Test
    void deniesASignatureThatLacksWhatIsRequired() {
        try (var gate = gate("", POLICY)) {
            var components = Signer.components(post("{}"));
            assertThat(said(gate, SIGNER.sign(post("{}"), without(components, "@method"), PARAMETERS)))
                    .isEqualTo("401 invalid-signature component-not-covered");
            assertThat(said(gate, SIGNER.sign(post("{}"), without(components, "content-digest"), PARAMETERS)))
                    .isEqualTo("401 invalid-signature body-not-covered");
            assertThat(said(gate, SIGNER.sign(post("{}"), components, PARAMETERS.replace(";nonce=\"n1\"", ""))))
                    .isEqualTo("401 invalid-signature missing-nonce");
            assertThat(said(gate, SIGNER.sign(get(), Signer.components(get()), ";keyid=\"k1\"")))
                    .isEqualTo("401 invalid-signature missing-created");
            assertThat(said(gate, SIGNER.sign(get(), Signer.components(get()), PARAMETERS + ";alg=\"hmac-sha256\"")))
                    .isEqualTo("401 invalid-signature other-algorithm-than-the-key");
            assertThat(said(gate, SIGNER.sign(get(), Signer.components(get()), PARAMETERS.replace("k1", "k2"))))
                    .isEqualTo("401 invalid-signature unknown-key");
            assertThat(said(gate, SIGNER.sign(get(), Signer.components(get()), PARAMETERS.replace("k1", "k2"))))
                    .isEqualTo("401 invalid-signature unknown-key");
        }
    }

    private static Map<String, String> without(Map<String, String> components, String name) {
        var rest = new LinkedHashMap<>(components);
        assertThat(rest.remove("\"" + name + "\"")).isNotNull();
        return rest;
    }

    @Test
    void deniesWhatIsMalformedOrThereTwice() {
        try (var gate = gate("", POLICY)) {
            var wire = signed(get());
            for (var bad : List.of(
                    wire.with("Signature", "sig1=:AAAA:"),
                    wire.with("Signature-Input", "sig1=()"),
                    wire.with("Signature-Input", "sig2=()"),
                    edited(wire, "Signature", value -> "sig1=AAAA"),
                    edited(wire, "Signature-Input", value -> "sig1"),
                    edited(wire, "Signature-Input", value -> "sig1=(\"@method\" \"@method\")"),
                    edited(wire, "Signature-Input", value -> "sig1=(method);keyid=\"k1\""),
                    edited(wire, "Signature-Input", value -> value.replace("keyid=\"k1\"", "keyid=k1")),
                    edited(wire, "Signature-Input", value -> "\u00e9"),
                    edited(wire, "Signature-Input", value -> ""))) {
                assertThat(said(gate, bad)).isEqualTo("401 invalid-signature malformed-signature");
            }
            assertThat(said(gate, get().with("Signature", "sig1=:AAAA:"))).startsWith("401 invalid-signature");
            assertThat(said(gate, get())).startsWith("401 authentication-required");
        }
    }

    @Test
    void readsNoComponentThatOnlyResponsesOrTrailersHave() {
        try (var gate = gate("", POLICY)) {
            for (var name : List.of(
                    "\"@status\"",
                    "\"host\";tr",
                    "\"host\";req",
                    "\"@method\";sf",
                    "\"@other\"",
                    "\"absent\"",
                    "\"Host\"")) {
                var components = new LinkedHashMap<>(Signer.components(get()));
                components.put(name, "x");
                assertThat(said(gate, SIGNER.sign(get(), components, PARAMETERS)))
                        .isEqualTo("401 invalid-signature component-not-readable");
            }
        }
    }

    @Test
    void takesNothingButSpacesAndTabsForTheEndsOfAField() {
        try (var gate = gate("", POLICY)) {
            var wire = get().with("X-Plan", " gold\t");
            var components = new LinkedHashMap<>(Signer.components(wire));
            components.put("\"x-plan\"", "gold");
            assertThat(said(gate, SIGNER.sign(wire, components, PARAMETERS))).isEqualTo("proceed");
            for (var end : List.of("\u2003", "\u1680")) {
                assertThat(said(gate, SIGNER.sign(get().with("X-Plan", "gold" + end), components, PARAMETERS)))
                        .isEqualTo("401 invalid-signature component-not-readable");
            }
        }
    }

    @Test
    void readsComponentsInTheStandardsOwnWays() {
        try (var gate = gate("", POLICY)) {
            var wire = RecordedWire.of("GET", "/api/p?var=this%20is%20%22a%22%20big%20value&bar=with+plus&qux=")
                    .over("https")
                    .with("Host", "EXAMPLE.com:443")
                    .with("Example-Dict", "  a=1,    b=2;x=1;y=2,   c=(a   b   c), d")
                    .with("Two", "one")
                    .with("Two", "value, with, lots");
            var components = new LinkedHashMap<>(Signer.components(wire));
            components.put("\"@authority\"", "example.com");
            components.put("\"@scheme\"", "https");
            components.put("\"@path\"", "/api/p");
            components.put("\"@request-target\"", wire.target());
            components.put("\"@query\"", "?" + wire.query());
            components.put("\"@query-param\";name=\"var\"", "this%20is%20%22a%22%20big%20value");
            components.put("\"@query-param\";name=\"bar\"", "with%20plus");
            components.put("\"@query-param\";name=\"qux\"", "");
            components.put("\"example-dict\";sf", "a=1, b=2;x=1;y=2, c=(a b c), d");
            components.put("\"example-dict\";key=\"b\"", "2;x=1;y=2");
            components.put("\"example-dict\";key=\"d\"", "?1");
            components.put("\"two\"", "one, value, with, lots");
            components.put("\"two\";bs", ":b25l:, :dmFsdWUsIHdpdGgsIGxvdHM=:");
            assertThat(said(gate, SIGNER.sign(wire, components, PARAMETERS))).isEqualTo("proceed");
        }
    }

    @Test
    void leavesTheSignaturesOfOthersAlone() {
        try (var gate = gate("tag: mine,", POLICY)) {
            var wire = SIGNER.sign(get(), Signer.components(get()), PARAMETERS + ";tag=\"mine\"")
                    .with("Signature-Input", "proxy=();created=1;keyid=\"k1\";tag=\"theirs\"")
                    .with("Signature", "proxy=:AAAA:");
            assertThat(said(gate, wire)).isEqualTo("proceed");
            assertThat(said(gate, signed(get()))).isEqualTo("401 invalid-signature no-fitting-signature");
        }
    }

    @Test
    void observesWithoutUsingUpWhatIsEnforced() {
        var observed = POLICY.replace("authenticate", "mode: observe, authenticate");
        try (var gate = gate("", observed)) {
            assertThat(said(gate, signed(post("{}")))).isEqualTo("proceed");
            assertThat(said(gate, signed(post("{}")))).isEqualTo("proceed");
            gate.reload(Gates.file("signatures: { partners: { keys: { k1: { algorithm: ed25519, " + SIGNER.written()
                    + ", client: acme } } } }\n" + POLICY));
            assertThat(said(gate, signed(post("{}")))).isEqualTo("proceed");
            assertThat(said(gate, signed(post("{}")))).isEqualTo("401 invalid-signature replay");
        }
    }

    @Test
    void readsABodyUpToTheBoundOfThePolicy() {
        var bounded = POLICY.replace("authenticate", "body: { max-size: 4B }, authenticate");
        try (var gate = gate("", bounded)) {
            assertThat(said(gate, signed(post("12345")))).startsWith("413 body-too-large");
            assertThat(said(gate, signed(post("1234")))).isEqualTo("proceed");
        }
    }
}
