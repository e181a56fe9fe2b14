package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.fixture.Suites;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Documents that JSON parsers are known to read differently. */
@Tag("suite")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonSuiteTest {

    /** Well-formed documents that break one of our rules, which the reason names. */
    private static final Set<String> STRICTER =
            Set.of("a member named twice", "a number too long", "nested too deep, or a string or number too long");

    /** What the standard leaves open and is harmless: exact numbers, names that differ in normal form, an escaped NUL. */
    private static final Set<String> READ = Set.of(
            "transform/number_-9223372036854775809.json",
            "transform/number_1.0.json",
            "transform/number_1.000000000000000005.json",
            "transform/number_1000000000000000.json",
            "transform/number_10000000000000000999.json",
            "transform/number_9223372036854775807.json",
            "transform/number_9223372036854775808.json",
            "transform/object_key_nfc_nfd.json",
            "transform/object_key_nfd_nfc.json",
            "transform/string_with_escaped_NULL.json");

    private List<JsonNode> rows = List.of();

    @BeforeAll
    void read() {
        rows = StreamSupport.stream(
                        Suites.json("json_parsing.json").path("cases").spliterator(), false)
                .toList();
        assertThat(rows).hasSizeGreaterThan(150);
    }

    private List<JsonNode> rows(String expected, int atLeast) {
        var found = rows.stream()
                .filter(row -> row.path("expected").textValue().equals(expected))
                .toList();
        assertThat(found).hasSizeGreaterThanOrEqualTo(atLeast);
        return found;
    }

    private static byte[] bytes(JsonNode row) {
        var generate = row.path("generate").asText("");
        if (generate.isEmpty()) {
            return Base64.getDecoder().decode(row.path("base64").textValue());
        }
        assertThat(generate).startsWith("repeat ");
        var piece = generate.substring("repeat ".length()).replaceAll("^'|'$", "");
        return piece.repeat(row.path("size").asInt() / piece.length()).getBytes(UTF_8);
    }

    /** Why the document is not read; empty when it is. */
    private static String reason(JsonNode row) {
        return Json.read(bytes(row)) instanceof Json.Malformed malformed ? malformed.reason() : "";
    }

    @Test
    void whatIsNoJsonIsDenied() {
        assertThat(rows("reject", 90))
                .allSatisfy(row -> assertThat(reason(row)).as("%s", row).isNotEmpty());
    }

    @Test
    void whatIsJsonIsReadUnlessWeAreStricterByName() {
        var denied = rows("accept", 50).stream()
                .filter(row -> !reason(row).isEmpty())
                .collect(Collectors.toMap(row -> row.path("name").textValue(), JsonSuiteTest::reason));

        assertThat(STRICTER).containsAll(denied.values());
        assertThat(denied.keySet())
                .allMatch(name -> name.startsWith("y_object_duplicated_key")
                        || name.equals("y_number_double_close_to_zero.json"));
    }

    @Test
    void whatIsReadIsWhatJacksonReads() throws Exception {
        var jackson = new ObjectMapper();
        for (var row : rows("accept", 50)) {
            if (Json.read(bytes(row)) instanceof Json.Read document) {
                assertThat(jackson.readTree(document.node().toString())).isEqualTo(jackson.readTree(bytes(row)));
            }
        }
    }

    @Test
    void whereBothCanBeDefendedWeReadOnlyWhatEveryReaderReadsAlike() {
        var read = rows("implementation-defined", 25).stream()
                .filter(row -> reason(row).isEmpty())
                .map(row -> row.path("name").textValue())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(read).isSubsetOf(READ).hasSizeGreaterThan(6);
    }
}
