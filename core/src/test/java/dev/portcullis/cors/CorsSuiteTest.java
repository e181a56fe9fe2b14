package dev.portcullis.cors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The policies of others, what they answer, and what browsers make of it. */
@Tag("suite")
class CorsSuiteTest {

    private static List<CorsRow> rows() {
        var rows = new ArrayList<CorsRow>();
        Suites.json("cors_requests.json").path("cases").forEach(json -> rows.add(new CorsRow(json)));
        assertThat(rows).hasSizeGreaterThan(50);
        return rows;
    }

    private static List<Header> emitted(Cors cors, Request request) {
        var headers = new ArrayList<>(((Verdict.Pass) cors.headers().check(request)).headers());
        if (cors.preflight().check(request) instanceof Verdict.Answer answer) {
            headers.addAll(answer.reply().headers());
        }
        return headers;
    }

    @Test
    void browsersMakeOfOurAnswersWhatTheyMakeOfThoseOfOthers() {
        var compared = 0;
        for (var row : rows()) {
            var why = row.notComparable();
            var problems = why.isEmpty() ? row.builder().problems() : List.of(why);
            if (!problems.isEmpty()) {
                System.out.println("not compared: " + row.name() + " " + problems);
                continue;
            }
            compare(row, emitted(row.builder().build(), row.request()));
            compared++;
        }
        assertThat(compared).isGreaterThan(40);
    }

    private static void compare(CorsRow row, List<Header> emitted) {
        var request = row.request();
        var origin = String.valueOf(request.header("Origin"));
        var browser = new Browser(
                origin, row.json().path("config").path("allowCredentials").asBoolean());
        if (Preflight.is(request)) {
            var method = String.valueOf(request.header("Access-Control-Request-Method"));
            var names = new ArrayList<String>();
            request.headers("Access-Control-Request-Headers")
                    .forEach(line -> names.addAll(Browser.members(List.of(new Header("x", line)), "x")));
            var expected = row.json().has("check") || browser.maySend(method, names, row.expected());
            assertThat(browser.maySend(method, names, emitted)).as(row.name()).isEqualTo(expected);
            if (!expected) {
                assertThat(emitted).as(row.name()).allMatch(header -> header.named("Vary"));
                return;
            }
        } else if (request.header("Origin") != null) {
            same(row, "Access-Control-Expose-Headers", emitted);
        }
        if (!row.json().has("check") && request.header("Origin") != null) {
            same(row, "Access-Control-Allow-Origin", emitted);
            same(row, "Access-Control-Allow-Credentials", emitted);
            same(row, "Access-Control-Max-Age", emitted);
            varies(row, emitted);
        }
    }

    private static void same(CorsRow row, String field, List<Header> emitted) {
        assertThat(lowered(emitted, field)).as(row.name() + " " + field).isEqualTo(lowered(row.expected(), field));
    }

    /** Our answers may vary on more, as those of others to OPTIONS say nothing of it. */
    private static void varies(CorsRow row, List<Header> emitted) {
        if (row.json().path("method").asText().equals("OPTIONS") || !row.lax()) {
            assertThat(lowered(emitted, "Vary")).as(row.name()).containsAll(lowered(row.expected(), "Vary"));
        }
    }

    private static Set<String> lowered(List<Header> headers, String field) {
        var members = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        members.addAll(Browser.members(headers, field));
        return members;
    }

    @Test
    void theOracleReadsResponsesAsBrowsersDo() {
        var count = 0;
        for (var row : Suites.json("cors_acao_check.json").path("cases")) {
            var response = new ArrayList<Header>();
            row.path("acao").forEach(line -> response.add(new Header("Access-Control-Allow-Origin", line.asText())));
            var browser = new Browser(row.path("origin").asText(), false);
            assertThat(browser.mayRead(response))
                    .as(row.toString())
                    .isEqualTo(row.path("pass").asBoolean());
            count++;
        }
        for (var row : rows()) {
            if (row.json().path("check").asText().equals("browserAcceptsRawResponse")) {
                theOracleReadsARawResponse(row);
                count++;
            }
        }
        assertThat(count).isGreaterThan(20);
    }

    private static void theOracleReadsARawResponse(CorsRow row) {
        var config = row.json().path("config");
        var origin = row.json().path("requestHeaders").path("Origin").path(0).asText();
        var response = new ArrayList<Header>();
        response.add(new Header("Access-Control-Allow-Origin", origin));
        response.add(new Header("Access-Control-Allow-Credentials", "true"));
        for (var field : config.path("rawResponse").properties()) {
            field.getValue().forEach(line -> response.add(new Header(field.getKey(), line.asText())));
        }
        var method = row.json()
                .path("requestHeaders")
                .path("Access-Control-Request-Method")
                .path(0)
                .asText();
        var browser = new Browser(origin, config.path("allowCredentials").asBoolean());
        assertThat(browser.maySend(method, List.of(), response))
                .as(row.name())
                .isEqualTo(row.json().path("outcome").asText().equals("allowed"));
    }

    @Test
    void readsOriginsAndPatterns() {
        var stricter = new ArrayList<String>();
        var count = 0;
        for (var row : Suites.json("cors_origin_parse.json").path("cases")) {
            count++;
            var input = row.path("input").asText();
            var valid = row.path("valid").asBoolean();
            var accepted = row.path("kind").asText().equals("origin") ? readsOrigin(row) : builds(input);
            if (row.path("kind").asText().equals("origin") && valid && !accepted) {
                stricter.add(input);
            } else {
                assertThat(accepted).as(row.toString()).isEqualTo(valid);
            }
        }
        System.out.println("origins that others take and no browser sends: " + stricter);
        assertThat(count - stricter.size()).isGreaterThan(40);
    }

    private static boolean readsOrigin(JsonNode row) {
        var origin = Origin.parseOrNull(row.path("input").asText());
        if (origin == null) {
            return false;
        }
        var parsed = row.path("parsed");
        assertThat(origin.scheme()).isEqualTo(parsed.path("Scheme").asText());
        assertThat(origin.host()).isEqualTo(parsed.path("Host").asText());
        assertThat(origin.port()).isEqualTo(parsed.path("Port").asInt());
        return true;
    }

    private static boolean builds(String pattern) {
        return Cors.builder().origins(List.of(pattern)).problems().isEmpty();
    }

    @Test
    void readsListsOfRequestedHeaders() {
        var count = 0;
        for (var row : Suites.json("cors_acrh_parse.json").path("cases")) {
            var allowed = new TreeSet<String>();
            row.path("allowed").forEach(name -> allowed.add(name.asText()));
            var lines = new ArrayList<String>();
            row.path("acrhLines").forEach(line -> lines.add(line.asText()));
            assertThat(RequestedHeaders.allAllowed(lines, allowed, false))
                    .as(row.toString())
                    .isEqualTo(row.path("accepted").asBoolean());
            count++;
        }
        assertThat(count).isGreaterThan(40);
    }

    @Test
    void asksForEveryHeaderThatMakesABrowserAsk() {
        var silent = Cors.builder().origins(List.of("https://app.example.com")).build();
        var count = 0;
        for (var row : Suites.json("cors_safelisted_headers.json").path("cases")) {
            if (!row.path("preflight").asBoolean()) {
                continue;
            }
            var name = row.path("header").asText();
            var named = Cors.builder()
                    .origins(List.of("https://app.example.com"))
                    .headers(List.of(name))
                    .build();
            var request = RecordedWire.of("OPTIONS", "/")
                    .with("Origin", "https://app.example.com")
                    .with("Access-Control-Request-Method", "POST")
                    .with("Access-Control-Request-Headers", name.toLowerCase(Locale.ROOT))
                    .view();
            assertThat(silent.objection(request)).isEqualTo(Verdict.Evidence.of("cors-headers", name));
            assertThat(named.objection(request)).isNull();
            count++;
        }
        assertThat(count).isGreaterThan(10);
    }

    @Test
    void understandsWhatABrowserReallySends() {
        var observed = Suites.json("cors_chromium_observed.json");
        var cors = Cors.builder()
                .origins(List.of("http://127.0.0.1:18888"))
                .methods(List.of("GET", "PUT", "PATCH", "DELETE", "POST"))
                .headers(List.of("Content-Type", "X-A", "X-B", "X-Test-Header2", "Authorization"))
                .credentials(true)
                .build();
        var count = 0;
        for (var scene : observed.path("preflights")) {
            for (var sent : scene.path("requests")) {
                var request = observed(sent);
                if (Preflight.is(request)) {
                    var allowed = !"patch".equals(request.header("Access-Control-Request-Method"));
                    assertThat(cors.objection(request) == null)
                            .as(scene.path("name").asText())
                            .isEqualTo(allowed);
                    count++;
                }
            }
        }
        observed.path("nullOrigin")
                .forEach(sent -> assertThat(emitted(cors, observed(sent))).allMatch(header -> header.named("Vary")));
        assertThat(count).isGreaterThan(4);
    }

    private static Request observed(JsonNode sent) {
        var wire = RecordedWire.of(sent.path("method").asText(), "/");
        for (var line : sent.path("headers")) {
            var colon = line.asText().indexOf(':');
            wire = wire.with(
                    line.asText().substring(0, colon),
                    line.asText().substring(colon + 1).strip());
        }
        return wire.view();
    }
}
