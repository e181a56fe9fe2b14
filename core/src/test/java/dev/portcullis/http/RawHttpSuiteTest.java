package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Body.Content;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Raw requests as Tomcat and Jetty let them through to a filter, held against the check of the head and the reading of the body.
 */
@Tag("suite")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawHttpSuiteTest {

    /** What a container has repaired before anybody behind it sees the request, and what shows in the version alone. */
    private static final Set<String> UNSEEN =
            Set.of("TE+CL x-nout", "TE+CL midspace-09", "TE+CL endspace-09", "TE+CL prespace-0a", "TE in HTTP/1.0");

    private static final Set<String> DENIED_BY_POLICY = Set.of(
            "CL underscore",
            "X_Forwarded_For underscore",
            "X-HTTP-Method-Override",
            "bad escape in query",
            "NUL in query");

    private static final Set<String> PASSED_BY_POLICY = Set.of(
            "chunk size with LF",
            "chunk ext",
            "trailer Authorization",
            "header value 0x80-0xff",
            "two spaces in request line",
            "tab in request line",
            "braces in query",
            "Upgrade h2c",
            "Connection names Authorization (hop-by-hop abuse)",
            "Connection names X-Forwarded-For",
            "100 headers x 1k");

    private List<JsonNode> rows = List.of();

    @BeforeAll
    void read() {
        rows = StreamSupport.stream(Suites.json("raw_http.json").path("cases").spliterator(), false)
                .filter(row -> containers(row).findAny().isPresent())
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
    }

    private static Stream<JsonNode> containers(JsonNode row) {
        return Stream.of(row.path("tomcat"), row.path("jetty"))
                .filter(container -> container.path("reachesFilter").booleanValue());
    }

    @Test
    void whatShallBeDeniedIsDeniedBehindEveryContainerThatLetsItThrough() {
        var passed = namesOf("deny", row -> containers(row).anyMatch(container -> !denied(row, container)));

        assertThat(namesOf("deny", row -> true)).hasSizeGreaterThan(15);
        assertThat(passed).isSubsetOf(UNSEEN);
    }

    @Test
    void whatShallBeAllowedPasses() {
        assertThat(namesOf("allow", row -> true)).hasSizeGreaterThan(1);
        assertThat(namesOf("allow", row -> containers(row).anyMatch(container -> denied(row, container))))
                .isEmpty();
    }

    @Test
    void whereBothCanBeDefendedWeHaveDecided() {
        assertThat(namesOf("policy", row -> containers(row).allMatch(container -> denied(row, container))))
                .containsAll(common(DENIED_BY_POLICY));
        assertThat(namesOf("policy", row -> containers(row).noneMatch(container -> denied(row, container))))
                .containsAll(common(PASSED_BY_POLICY));
    }

    private Set<String> common(Set<String> names) {
        var known = new TreeSet<>(names);
        known.retainAll(namesOf("policy", row -> true));
        assertThat(known).hasSizeGreaterThan(names.size() / 2);
        return known;
    }

    private Set<String> namesOf(String recommended, Predicate<JsonNode> wanted) {
        return rows.stream()
                .filter(row -> row.path("recommended").textValue().equals(recommended))
                .filter(wanted)
                .map(row -> row.path("name").textValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tells whether the head is denied or, where the container could not read it, the body. */
    private static boolean denied(JsonNode row, JsonNode container) {
        var view = new View(wire(row, container), Forwarding.NONE);
        if (Protocol.strict().check(view) instanceof Verdict.Deny) {
            return true;
        }
        return container.path("bodyError").isTextual() && view.body().content(100) instanceof Content.Denied;
    }

    private static Wire wire(JsonNode row, JsonNode container) {
        var raw = new String(Base64.getDecoder().decode(row.path("rawBase64").textValue()), ISO_8859_1);
        var target = raw.substring(0, raw.indexOf("\r\n")).split("[ \t]+")[1];
        var query = target.indexOf('?') < 0 ? "" : target.substring(target.indexOf('?'));
        var wire = RecordedWire.of(
                container.path("method").textValue(),
                container.path("requestURI").textValue() + query);
        for (var header : headers(raw, container).entrySet()) {
            for (var value : header.getValue()) {
                wire = wire.with(header.getKey(), value);
            }
        }
        return container.path("bodyError").isTextual() ? BrokenBody.of(wire) : wire;
    }

    /** What the container showed, or what was sent where that was too much to be recorded. */
    private static Map<String, List<String>> headers(String raw, JsonNode container) {
        var headers = new HashMap<String, List<String>>();
        if (container.path("headers").isObject()) {
            container
                    .path("headers")
                    .properties()
                    .forEach(header -> headers.put(header.getKey(), texts(header.getValue())));
            return headers;
        }
        raw.lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .forEach(line -> headers.put(line[0], List.of(line[1])));
        return headers;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
