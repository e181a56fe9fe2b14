package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private static final String OLD = "whsec-old-0123456789";
    private static final String NEW = "whsec-new-0123456789";

    private final HandClock clock = HandClock.at(Instant.ofEpochSecond(1_531_420_618));

    private Gate gate(String preset, String secret) {
        return Gate.builder(Gates.file("signatures: { hook: { preset: " + preset + ", keys: { a: { secret: \"" + secret
                        + "\", client: them }, b: { secret: \"" + NEW + "\", client: them } } } }\n"
                        + "policies: { hooks: { paths: [/hook], authenticate: [\"signature:hook\"] } }\n"))
                .clock(clock)
                .build();
    }

    private static RecordedWire post(String body) {
        return RecordedWire.of("POST", "/hook")
                .with("Host", "example.com")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    private static String hex(String secret, String text) {
        return HexFormat.of().formatHex(Signer.hmac(secret, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void verifiesTheExampleOfGitHub() {
        try (var gate = gate("github", "It's a Secret to Everybody")) {
            var sent = post("Hello, World!")
                    .with(
                            "X-Hub-Signature-256",
                            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
            assertThat(Gates.outcome(gate, sent)).isEqualTo("proceed");
            assertThat(Gates.outcome(gate, sent)).isEqualTo("proceed");
            assertThat(Gates.outcome(gate, sent.body("Hello, World?"))).contains("401 invalid-signature");
            assertThat(Gates.outcome(gate, post("x"))).contains("401 authentication-required");
            assertThat(Gates.outcome(gate, sent.with("X-Hub-Signature-256", "sha256=00")))
                    .contains("401 invalid-signature");
        }
    }

    @Test
    void verifiesTheExampleOfSlackOnce() {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
                + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        try (var gate = gate("slack", "8f742231b10e8888abcd99yyyzzz85a5")) {
            var sent = post(body)
                    .with("X-Slack-Request-Timestamp", "1531420618")
                    .with("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
            assertThat(Gates.outcome(gate, sent)).isEqualTo("proceed");
            assertThat(Gates.outcome(gate, sent)).isEqualTo("hooks.replay 401 invalid-signature");
            clock.advance(Duration.ofSeconds(301));
            assertThat(Gates.outcome(gate, sent)).isEqualTo("hooks.authentication 401 invalid-signature");
        }
    }

    @Test
    void takesAnyOfSeveralSecretsAndSignaturesOfStripe() {
        try (var gate = gate("stripe", OLD)) {
            var time = "1531420618";
            var good = "v1=" + hex(NEW, time + ".{}");
            var bad = "v1=" + hex("another-secret-123456", time + ".{}");
            var sent = post("{}").with("Stripe-Signature", "t=" + time + "," + bad + "," + good + ",v0=00");
            assertThat(Gates.outcome(gate, sent)).isEqualTo("proceed");
            var padded = post("{}").with("Stripe-Signature", "t=" + time + "," + good + ",v0=11");
            assertThat(Gates.outcome(gate, padded)).isEqualTo("hooks.replay 401 invalid-signature");
            var forged = post("{}").with("Stripe-Signature", "t=" + time + "," + bad);
            assertThat(Gates.outcome(gate, forged)).isEqualTo("hooks.authentication 401 invalid-signature");
            var early = post("{}").with("Stripe-Signature", "t=1531420699,v1=" + hex(OLD, "1531420699.{}"));
            assertThat(Gates.outcome(gate, early)).isEqualTo("hooks.authentication 401 invalid-signature");
        }
    }

    @Test
    void areNoSignaturesOfOtherPolicies() {
        var yaml = "signatures: { hook: { preset: github, keys: { a: { secret: " + OLD + ", client: them } } } }\n"
                + "policies: { api: { paths: [/hook], authenticate: [signature] } }\n";
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Gates.gate(yaml)))
                .hasMessageContaining("all `signatures` are webhooks");
    }
}
