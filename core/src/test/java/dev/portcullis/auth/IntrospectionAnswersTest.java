package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fetch.CannotTell;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What issuers may answer about tokens, as bytes on a connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntrospectionAnswersTest {

    private static final String GOOD = "{\"active\":true,\"sub\":\"a\",\"aud\":\"orders-api\"}";
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWERS = 150;

    private final RawIssuer server = new RawIssuer();
    private final Bench bench = new Bench();
    private Authentication check = check();

    @BeforeAll
    void begin() {
        check = check();
    }

    @AfterAll
    void close() {
        bench.close();
        server.close();
    }

    private Authentication check() {
        var endpoint = new IntrospectionEndpoint(
                server.at("/introspect"), ClientProof.basic("me", "secret"), PATIENCE, PATIENCE, PATIENCE, false);
        return Authentication.required(
                List.of(Introspection.of(bench.issuer().build(), endpoint, bench.clock, bench.executor)));
    }

    /** Asks about a token of its own; who could not tell is not asked again by the same check, which leaves the issuer alone. */
    private String told(String answer) {
        // no connection is used twice, as the server hangs up
        server.answers(answer.replaceFirst("^(HTTP/1.1 [^\\r\\n]*\\r\\n)", "$1Connection: close\r\n"));
        try {
            return reason(ask(check, "token-" + server.seen().size()));
        } catch (CannotTell e) {
            check = check();
            return "cannot-tell";
        }
    }

    private static String json(String body) {
        return OK + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static Stream<Arguments> answers() throws IOException {
        try (var in = IntrospectionAnswersTest.class.getResourceAsStream("introspection-answers.txt")) {
            return new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> line.split(" \\| ?", 2))
                            .map(parts -> Arguments.of(parts[0], parts[1]))
                            .toList()
                            .stream();
        }
    }

    @Test
    void areMany() throws IOException {
        assertThat(answers()).hasSizeGreaterThanOrEqualTo(ANSWERS);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void comeToWhatTheirTableSays(String expected, String answer) {
        var now = bench.clock.millis() / 1000;
        var text = answer.replace('\'', '"')
                .replace("NOW000000", now + "000000")
                .replace("ISS", bench.provider.issuer())
                .replace("B64", "x".repeat(43));
        var told = told(json(times(text, now)));
        assertThat(expected.equals("deny") && !List.of("pass", "cannot-tell").contains(told) ? "deny" : told)
                .isEqualTo(expected);
    }

    /** Replaces {@code NOW}, {@code NOW+60} and {@code NOW-1}. */
    private static String times(String text, long now) {
        return java.util.regex.Pattern.compile("NOW([+-][0-9]+)?")
                .matcher(text)
                .replaceAll(
                        found -> String.valueOf(now + (found.group(1) == null ? 0 : Long.parseLong(found.group(1)))));
    }

    static Stream<Arguments> goodByAnyFraming() {
        var length = "Content-Length: " + GOOD.length() + "\r\n";
        return Stream.of(
                Arguments.of("plain", json(GOOD)),
                Arguments.of(
                        "charset", OK + "Content-Type: application/json;charset=UTF-8\r\n" + length + "\r\n" + GOOD),
                Arguments.of("upper case", OK + "CONTENT-TYPE: APPLICATION/JSON\r\n" + length + "\r\n" + GOOD),
                Arguments.of("until the end", OK + JSON + "\r\n" + GOOD),
                Arguments.of("HTTP/1.0", "HTTP/1.0 200 OK\r\n" + JSON + "\r\n" + GOOD),
                Arguments.of("no reason", "HTTP/1.1 200\r\n" + JSON + length + "\r\n" + GOOD),
                Arguments.of("chunked", OK + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunk(GOOD) + "0\r\n\r\n"),
                Arguments.of(
                        "chunks with trailers",
                        OK + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunk(GOOD.substring(0, 7))
                                + chunk(GOOD.substring(7)) + "0\r\nX-Trailer: 1\r\n\r\n"),
                Arguments.of("white space", json("\r\n\t " + GOOD + " \n")),
                Arguments.of(
                        "cookies", OK + "Set-Cookie: a=b\r\nCache-Control: no-store\r\n" + length + "\r\n" + GOOD));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("goodByAnyFraming")
    void areTakenInEveryFrame(String name, String answer) {
        assertThat(told(answer)).as(name).isEqualTo("pass");
    }

    @ParameterizedTest
    @MethodSource("badFrames")
    void areNoneWhereTheFrameIsBroken(String name, String answer) {
        assertThat(told(answer)).as(name).isEqualTo("cannot-tell");
    }

    static Stream<Arguments> badFrames() {
        var large = "{\"active\":true,\"sub\":\"a\",\"aud\":\"orders-api\",\"x\":\"" + "y".repeat(64 * 1024) + "\"}";
        var deep = "{\"active\":true,\"sub\":\"a\",\"aud\":\"orders-api\",\"x\":" + "[".repeat(20_000)
                + "]".repeat(20_000) + "}";
        var zipped = new String(new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 3}, ISO_8859_1);
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("not HTTP", GOOD),
                Arguments.of("SSH", "SSH-2.0-OpenSSH_9.6\r\n"),
                Arguments.of("cut short", OK + JSON + "Content-Length: 500\r\n\r\n" + GOOD),
                Arguments.of("too short a length", OK + JSON + "Content-Length: 10\r\n\r\n" + GOOD),
                Arguments.of("no last chunk", OK + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunk(GOOD)),
                Arguments.of("no chunk", OK + JSON + "Transfer-Encoding: chunked\r\n\r\n" + GOOD),
                Arguments.of("head only", OK + JSON + "\r\n"),
                Arguments.of("half a head", "HTTP/1.1 200 OK\r\nContent-Ty"),
                Arguments.of("a mark of byte order", json("\u00ef\u00bb\u00bf" + GOOD)),
                Arguments.of("UTF-16", json("\u00fe\u00ff" + wide(GOOD))),
                Arguments.of("no UTF-8", json(GOOD.replace("\"a\"", "\"\u00e4\""))),
                Arguments.of("overlong UTF-8", json(GOOD.replace("\"a\"", "\"\u00c0\u00af\""))),
                Arguments.of("compressed", OK + JSON + "Content-Encoding: gzip\r\n\r\n" + zipped),
                Arguments.of("large", json(large)),
                Arguments.of("large without a length", OK + JSON + "\r\n" + large),
                Arguments.of("deep", json(deep)),
                Arguments.of(
                        "signed (RFC 9701)",
                        OK + "Content-Type: application/token-introspection+jwt\r\n\r\neyJhbGciOiJSUzI1NiJ9.e30.AA"),
                Arguments.of(
                        "JSON that says it is signed (RFC 9701)",
                        OK + "Content-Type: application/token-introspection+jwt\r\n\r\n" + GOOD),
                Arguments.of("JSON that says it is a page", OK + "Content-Type: text/html\r\n\r\n" + GOOD),
                Arguments.of("an event stream", OK + "Content-Type: text/event-stream\r\n\r\ndata: " + GOOD + "\n\n"));
    }

    private static String wide(String text) {
        return new String(text.getBytes(java.nio.charset.StandardCharsets.UTF_16BE), ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void areNoneUnderAnyOtherStatus(int status) {
        var elsewhere = server.at("/elsewhere");
        var before = server.seen().size();
        assertThat(told("HTTP/1.1 " + status + " Any\r\n" + JSON + "Location: " + elsewhere
                        + "\r\nWWW-Authenticate: Basic realm=\"x\"\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: "
                        + GOOD.length() + "\r\n\r\n" + GOOD))
                .isEqualTo("cannot-tell");
        assertThat(server.seen().subList(before, server.seen().size()))
                .isNotEmpty()
                .allMatch(head -> head.startsWith("POST /introspect "));
    }

    static Stream<Integer> statuses() {
        return Stream.of(
                201, 202, 203, 206, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 409,
                410, 415, 418, 421, 429, 451, 500, 501, 502, 503, 504, 511, 599, 600, 999);
    }

    @Test
    void areAskedForAsTheStandardSays() {
        assertThat(told(json(GOOD))).isEqualTo("pass");
        var seen = server.seen().get(server.seen().size() - 1);
        assertThat(seen)
                .startsWith("POST /introspect HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nContent-Type: application/x-www-form-urlencoded\r\n")
                .containsIgnoringCase("\r\nAccept: application/json\r\n")
                .containsIgnoringCase("\r\nAuthorization: Basic bWU6c2VjcmV0\r\n")
                .contains("token=token-")
                .contains("token_type_hint=access_token");
    }
}
