package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.fixture.Suites;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The paths over which Tomcat, Jetty, Spring Security and Envoy were tested, and those of a catalogue of path confusion. */
@Tag("suite")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathSuiteTest {

    /** What we find ambiguous although somebody else normalises it: everything here has been a way around a gate. */
    private static final Set<String> STRICTER = Set.of(
            "an empty segment",
            "a dot segment",
            "a path parameter",
            "no slash at the beginning",
            "a question mark or a hash",
            "a character outside of ASCII that is not encoded");

    /** What was written for gates that were told to be less strict. */
    private static final String OPTIONS = "firewallOptions";

    private List<JsonNode> cases = List.of();

    @BeforeAll
    void read() {
        cases = StreamSupport.stream(Suites.json("paths.json").path("cases").spliterator(), false)
                .toList();
        assertThat(cases).hasSizeGreaterThan(200);
    }

    private List<JsonNode> targets(String expected) {
        var kinds = List.of("requestTarget", "uri", "requestURI");
        return rows(expected).filter(row -> kinds.contains(kind(row))).toList();
    }

    private Stream<JsonNode> rows(String expected) {
        return cases.stream().filter(row -> row.path("expected").textValue().equals(expected));
    }

    private static String kind(JsonNode row) {
        return row.path("kind").textValue();
    }

    /** The path as a door hands it in: without scheme, host and query. */
    private static TargetPath path(JsonNode row) {
        var target = row.path("target").textValue();
        if (kind(row).equals("uri")) {
            target = target.replaceFirst("^[a-z][a-z0-9.+-]*:(//[^/]*)?", "");
        }
        var query = kind(row).startsWith("decoded") ? -1 : target.indexOf('?');
        return TargetPath.of(query < 0 ? target : target.substring(0, query), "");
    }

    @Test
    void everyTargetThatShallBeDeniedIsAmbiguous() {
        assertThat(targets("deny"))
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        row -> assertThat(path(row).ambiguity()).as("%s", row).isNotNull());
    }

    @Test
    void everyTargetThatShallBeAllowedIsReadAlikeUnlessWeAreStricterByName() {
        var rows = targets("allow").stream().filter(row -> !row.has(OPTIONS)).toList();

        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> {
            var path = path(row);
            assertThat(Optional.ofNullable(path.ambiguity()))
                    .as("%s", row)
                    .matches(found -> found.isEmpty() || STRICTER.contains(found.get()));
            assertThat(path.ambiguity() == null ? path.decoded() : canonical(row))
                    .isEqualTo(canonical(row));
        });
        assertThat(rows.stream().filter(row -> path(row).ambiguity() == null)).hasSizeGreaterThan(20);
    }

    /** What the row says comes out; the path itself where it says nothing. An empty path is a slash (RFC 9110, section 4.2.3). */
    private static String canonical(JsonNode row) {
        var canonical = row.path("canonical").asText(path(row).decoded());
        return canonical.isEmpty() ? "/" : canonical;
    }

    @Test
    void whatOthersAllowOnlyWhenToldToIsAmbiguous() {
        assertThat(targets("allow").stream().filter(row -> row.has(OPTIONS)))
                .hasSizeGreaterThan(4)
                .allSatisfy(
                        row -> assertThat(path(row).ambiguity()).as("%s", row).isNotNull());
    }

    @Test
    void nothingIsNormalised() {
        assertThat(rows("normalise")).hasSizeGreaterThan(40).allSatisfy(row -> {
            var path = path(row);
            assertThat(path.ambiguity() == null ? path.decoded() : canonical(row))
                    .as("%s", row)
                    .isEqualTo(canonical(row));
        });
    }

    @Test
    void everyDecodedFieldThatShallBeDeniedIsAmbiguousWhenItIsEncoded() {
        var rows = rows("deny").filter(row -> kind(row).startsWith("decoded")).toList();

        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> {
            var sent = URLEncoder.encode(row.path("target").textValue(), UTF_8).replace("%2F", "/");
            assertThat(TargetPath.of(sent.replace("+", "%20"), "").ambiguity())
                    .as("%s", row)
                    .isNotNull();
        });
    }

    @Test
    void whereBothCanBeDefendedOnlyAnEncodedDotIsAmbiguous() {
        assertThat(targets("policy"))
                .extracting(row -> row.path("target").textValue() + " "
                        + path(row).decoded() + " " + path(row).ambiguity())
                .contains(
                        "/ADMIN /ADMIN null",
                        "/admin/ /admin/ null",
                        "/admin.json /admin.json null",
                        "/%61dmin /admin null",
                        "/adm%69n /admin null",
                        "/admin%2e /admin. an encoded dot",
                        "/WEB-INF/web.xml /WEB-INF/web.xml null")
                .hasSizeGreaterThan(6);
    }
}
