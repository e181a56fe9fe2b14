package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.fixture.Suites;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vectors that others published for JWS and JWE. */
@Tag("suite")
class JoseSuitesTest {

    /** Where both answers can be defended: a key that states another algorithm than its token, mixed sets, weak moduli. */
    private static final boolean POLICY = false;

    @Test
    void agreesWithTheReviewedVectorsOfWycheproof() {
        var wrong = new ArrayList<String>();
        var seen = new TreeMap<String, Integer>();
        for (var row : Suites.json("jws_wycheproof.json").get("cases")) {
            var recommended = row.get("recommended").asText();
            var expected = recommended.equals("policy") ? POLICY : recommended.equals("valid");
            var actual = SuiteKeys.signed(row.get("key"), text(row.get("token")));
            if (actual != expected) {
                wrong.add(row.get("id").asText() + " " + row.get("group").asText() + " "
                        + row.get("comment").asText() + ": " + actual);
            }
            seen.merge(recommended, 1, Integer::sum);
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).hasEntrySatisfying("valid", count -> assertThat(count).isGreaterThanOrEqualTo(10));
        assertThat(seen)
                .hasEntrySatisfying("invalid", count -> assertThat(count).isGreaterThanOrEqualTo(200));
    }

    @Test
    void deniesEveryEncryptedToken() {
        var rows = Suites.json("jwe_wycheproof.json").get("cases");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(50);
        for (var row : rows) {
            assertThat(CompactJws.parse(text(row.get("token"))))
                    .as(row.get("id").asText())
                    .isInstanceOf(CompactText.Unusable.class);
        }
    }

    /** By the algorithms that are opened; all others stay shut, right or wrong. */
    @Test
    void opensWhatIsEncryptedRightAndNothingElse() {
        var opened = 0;
        var shut = 0;
        for (var row : Suites.json("jwe_wycheproof.json").get("cases")) {
            var inside = inside(row);
            var envelope = Envelope.parse(text(row.get("token")));
            var expected = row.get("valid").asBoolean() && envelope != null;
            assertThat(inside != null).as(row.get("id").asText()).isEqualTo(expected);
            if (inside != null) {
                assertThat(HexFormat.of().formatHex(inside))
                        .isEqualTo(row.get("pt").asText());
                opened++;
            } else {
                shut += row.get("valid").asBoolean() ? 0 : 1;
            }
        }
        assertThat(opened).isGreaterThanOrEqualTo(15);
        assertThat(shut).isGreaterThanOrEqualTo(5);
    }

    private static byte[] inside(JsonNode row) {
        var envelope = Envelope.parse(text(row.get("token")));
        try {
            var keys = DecryptionKeys.parse(row.get("key").toString());
            return envelope == null ? null : keys.open(envelope);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Test
    void verifiesTheExamplesOfTheStandards() {
        var seen = new TreeMap<Boolean, Integer>(Map.of());
        for (var row : Suites.json("jose_rfc_examples.json").get("cases")) {
            var compact = row.get("form").asText().equals("compact")
                    && row.get("valid").asBoolean();
            var actual = !row.get("key").isNull() && SuiteKeys.signed(row.get("key"), text(row.get("token")));
            assertThat(actual).as(row.get("name").asText()).isEqualTo(compact);
            seen.merge(actual, 1, Integer::sum);
        }
        assertThat(seen.get(true)).isGreaterThanOrEqualTo(4);
        assertThat(seen.get(false)).isGreaterThanOrEqualTo(10);
    }

    private static String text(JsonNode token) {
        return token.isTextual() ? token.textValue() : token.toString();
    }
}
