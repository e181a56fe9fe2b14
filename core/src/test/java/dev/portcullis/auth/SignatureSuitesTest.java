package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vectors that others published for signatures and digests. */
@Tag("suite")
class SignatureSuitesTest {

    private static final Principal CALLER = new Principal(
            "acme", Principal.Kind.CLIENT, "clients", "acme", null, null, Set.of(), Set.of(), Map.of(), "signature");

    /** Where both answers can be defended: a weak digest beside a good one proves nothing; two of one algorithm are denied. */
    private static final Map<String, Boolean> POLICY = Map.of(
            "strong ok, weak wrong", true, "duplicate dictionary key: last wins in SF; a filter may reject", true);

    @Test
    void makesTheBasesOfTheStandardByteForByteAndVerifiesThem() {
        var suite = Suites.json("rfc9421.json");
        var judged = 0;
        for (var row : suite.get("cases")) {
            if (!row.get("message").has("method")) {
                assertThat(row.get("signatureBase").asText()).contains("@status");
                continue;
            }
            var signature = MessageSignature.of(view(row.get("message"))).stream()
                    .filter(one -> one.label().equals(row.get("label").asText()))
                    .findFirst()
                    .orElseThrow();
            var base = SignedText.of(view(row.get("message")), signature.input());
            assertThat(base)
                    .as(row.get("name").asText())
                    .isEqualTo(row.get("signatureBase").asText());
            assertThat(key(suite, row).verifies(signature.bytes(), SignedText.bytes(base)))
                    .as(row.get("name").asText())
                    .isEqualTo(row.get("valid").asBoolean());
            judged++;
        }
        assertThat(judged).isGreaterThanOrEqualTo(12);
    }

    private static SignatureKey key(JsonNode suite, JsonNode row) {
        var algorithm = Stream.of(SignatureAlgorithm.values())
                .filter(one -> one.id().equals(row.get("alg").asText()))
                .findFirst()
                .orElseThrow();
        var jwk = suite.get("keys").get(row.get("keyid").asText());
        var text = jwk.has("k")
                ? "base64:"
                        + Base64.getEncoder()
                                .encodeToString(Base64.getUrlDecoder()
                                        .decode(jwk.get("k").asText()))
                : jwk.toString();
        return SignatureKey.of(row.get("keyid").asText(), algorithm, text, CALLER);
    }

    private static View view(JsonNode message) {
        var wire = RecordedWire.of(
                message.get("method").asText(), message.get("target").asText());
        for (var header : message.get("headers")) {
            wire = wire.with(header.get(0).asText(), header.get(1).asText());
        }
        return wire.body(message.path("body").asText("")).view();
    }

    @Test
    void judgesTheDigestsOfBodies() {
        var cases = Suites.json("digest_fields.json").get("cases");
        assertThat(cases.size()).isGreaterThanOrEqualTo(15);
        for (var row : cases) {
            var body = row.get("body").asText().getBytes(StandardCharsets.UTF_8);
            var why = row.get("why").asText();
            var expected =
                    row.get("valid").isBoolean() ? row.get("valid").asBoolean() : POLICY.getOrDefault(why, false);
            var verdict = ContentDigest.judge(List.of(row.get("field").asText()), body);
            assertThat(verdict instanceof Verdict.Pass)
                    .as(why + " " + row.get("field").asText())
                    .isEqualTo(expected);
        }
    }

    @Test
    void judgesTheDigestsOfTheStandardsMessages() {
        var judged = 0;
        for (var message : Suites.json("digest_fields.json").get("messages")) {
            if (!message.path("verified").has("Content-Digest sha-256")) {
                continue;
            }
            var bytes = message.get("body").asText()
                    + (message.get("verified")
                                    .get("Content-Digest sha-256")
                                    .asText()
                                    .contains("LF")
                            ? "\n"
                            : "");
            var lines = new ArrayList<String>();
            message.get("headers").forEach(header -> {
                if (new Header(header.get(0).asText(), "").named("Content-Digest")) {
                    lines.add(header.get(1).asText());
                }
            });
            var verdict = ContentDigest.judge(lines, bytes.getBytes(StandardCharsets.UTF_8));
            assertThat(verdict).as(message.toString()).isInstanceOf(Verdict.Pass.class);
            judged++;
        }
        assertThat(judged).isPositive();
    }
}
