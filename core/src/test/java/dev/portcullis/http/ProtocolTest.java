package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.net.URLDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {

    private static final int FUZZED = 20_000;

    private final Protocol protocol = Protocol.strict();

    private String judge(RecordedWire wire) {
        return judge(wire.view());
    }

    /** Status, code and what the operator is told; {@code pass} for a pass. */
    private String judge(Request request) {
        if (protocol.check(request) instanceof Verdict.Deny deny) {
            var reply = deny.reply();
            assertThat(reply.errors()).isEmpty();
            return reply.status() + " " + reply.code() + ": " + deny.evidence().detail();
        }
        return "pass";
    }

    private static RecordedWire get(String target) {
        return RecordedWire.of("GET", target).with("Host", "shop.example");
    }

    @Test
    void passesAnOrdinaryRequest() {
        var wire = RecordedWire.of("POST", "/orders/7%20a?page=2&q=caf%C3%A9+au%20lait&&empty=&flag&json={}[]|%22")
                .with("Host", "shop.example:8443")
                .with("Content-Type", "application/json; charset=utf-8")
                .with("Content-Length", "2")
                .with("Cookie", "a=b; c=\"d\"")
                .with("Cookie", "e=f")
                .with("X-Forwarded-For", "192.0.2.1")
                .with("X-Forwarded-For", "192.0.2.2")
                .with("session_id", "an ordinary header with an underscore")
                .with("User-Agent", "caf\u00e9\t(tab)")
                .with("Connection", "Upgrade, HTTP2-Settings")
                .with("Upgrade", "h2c")
                .with("Expect", "100-continue");

        assertThat(judge(wire)).isEqualTo("pass");
    }

    @Test
    void passesARequestWithoutAnyHeader() {
        assertThat(judge(RecordedWire.of("GET", "/"))).isEqualTo("pass");
    }

    @Test
    void deniesAnAmbiguousPathAndSaysWhyToTheOperatorAlone() {
        assertThat(judge(get("/public/..;/admin"))).isEqualTo("400 ambiguous-path: a path parameter");
        assertThat(judge(get("/a%2fb"))).isEqualTo("400 ambiguous-path: an encoded slash or backslash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "file", "HTTPS", "ws", ""})
    void deniesTargetsOfOtherSchemes(String scheme) {
        assertThat(judge(get("/a").over(scheme)))
                .isEqualTo("400 ambiguous-path: a target of another scheme than http and https");
        assertThat(judge(get("/a").over("https"))).isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "trace", "Connect"})
    void deniesMethodsThatEchoOrTunnel(String method) {
        var deny = (Verdict.Deny) protocol.check(RecordedWire.of(method, "/").view());

        assertThat(deny.reply().status()).isEqualTo(405);
        assertThat(deny.reply().code()).isEqualTo("method-not-allowed");
        assertThat(deny.reply().headers())
                .containsExactly(new Header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "Get", "G ET", "GET\u0000", "GÉT", "GET/", "AVERYLONGMETHODNAMETHATNOBODYUSES"})
    void deniesWhatIsNoMethod(String method) {
        assertThat(judge(RecordedWire.of(method, "/")))
                .isEqualTo("400 malformed-request: a method that is no word of capital letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "VERSION-CONTROL", "QUERY"})
    void passesMethodsThatOtherSpecificationsDefine(String method) {
        assertThat(judge(RecordedWire.of(method, "/"))).isEqualTo("pass");
    }

    @Test
    void deniesATargetThatIsLongerThanItsBound() {
        assertThat(judge(get("/" + "a".repeat(8191)))).isEqualTo("pass");
        assertThat(judge(get("/" + "a".repeat(8192)))).isEqualTo("414 target-too-long: ");
        assertThat(judge(get("/?" + "a".repeat(8191)))).isEqualTo("pass");
        assertThat(judge(get("/?" + "a".repeat(8192)))).isEqualTo("414 target-too-long: ");
    }

    @Test
    void deniesMoreHeaderLinesThanTheBound() {
        assertThat(judge(withLines(99))).isEqualTo("pass");
        assertThat(judge(withLines(100))).isEqualTo("431 headers-too-large: ");
    }

    private static RecordedWire withLines(int count) {
        var wire = get("/");
        for (var i = 0; i < count; i++) {
            wire = wire.with("X" + i, "a");
        }
        return wire;
    }

    @Test
    void deniesMoreRangesThanTheBound() {
        assertThat(judge(get("/").with("Range", "bytes=0-1" + ",5-6".repeat(9))))
                .isEqualTo("pass");
        assertThat(judge(get("/").with("range", "bytes=0-" + ",0-".repeat(10)))).isEqualTo("416 too-many-ranges: ");
        assertThat(judge(get("/").with("Range", "bytes=0-,0-,0-,0-,0-").with("RANGE", "bytes=0-,0-,0-,0-,0-,0-")))
                .isEqualTo("416 too-many-ranges: ");
        assertThat(judge(get("/").with("Range", ",".repeat(10)))).isEqualTo("416 too-many-ranges: ");
        var single = Protocol.strict().maxRanges(1);
        assertThat(single.check(get("/").with("Range", "bytes=0-").view())).isInstanceOf(Verdict.Pass.class);
        assertThat(single.check(get("/").with("Range", "bytes=0-,-5").view())).isInstanceOf(Verdict.Deny.class);
        assertThatThrownBy(() -> Protocol.strict().maxRanges(0)).hasMessageContaining("max-ranges: 0");
    }

    @Test
    void deniesLongerHeadersThanTheBound() {
        var host = "Hostshop.example".length();

        assertThat(judge(get("/").with("X", "a".repeat(16 * 1024 - host - 1)))).isEqualTo("pass");
        assertThat(judge(get("/").with("X", "a".repeat(16 * 1024 - host)))).isEqualTo("431 headers-too-large: ");
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", a, a header name that is no token",
                "\"X Y\", a, a header name that is no token",
                "\"X:\", a, a header name that is no token",
                "\"X\u00e9\", a, a header name that is no token",
                "\"X\u0000\", a, a header name that is no token",
                "X, \"a\rb\", a control character in a header",
                "X, \"a\nb\", a control character in a header",
                "X, \"a\u0000b\", a control character in a header",
                "X, \"a\u007fb\", a control character in a header",
                "X_Forwarded_For, 192.0.2.1, a header name with an underscore that may be taken for another",
                "x-forwarded_host, evil.example, a header name with an underscore that may be taken for another",
                "X_Real_IP, 192.0.2.1, a header name with an underscore that may be taken for another",
                "Content_Length, 5, a header name with an underscore that may be taken for another",
                "Transfer_Encoding, chunked, a header name with an underscore that may be taken for another",
                "X_Remote_User, admin, a header name with an underscore that may be taken for another",
                "X_Request_Id, abcdefgh, a header name with an underscore that may be taken for another",
                "X-HTTP-Method-Override, DELETE, a header that overrides the method",
                "x-http-method, DELETE, a header that overrides the method",
                "X-Method-Override, DELETE, a header that overrides the method",
                "Host, other.example, `Host` more than once",
                "host, shop.example, `Host` more than once",
                "Content-Length, -1, a content length that is no number",
                "Content-Length, +5, a content length that is no number",
                "Content-Length, \"5, 5\", a content length that is no number",
                "Content-Length, 0x5, a content length that is no number",
                "Content-Length, \"\", a content length that is no number",
                "Content-Length, 99999999999999999999, a content length that is no number",
                "Transfer-Encoding, \"gzip, chunked\", a transfer encoding other than chunked",
                "Transfer-Encoding, CHUNKED, a transfer encoding other than chunked",
                "Transfer-Encoding, \" chunked\", a transfer encoding other than chunked",
                "Transfer-Encoding, identity, a transfer encoding other than chunked",
                "Content-Encoding, Chunked, chunked as a content encoding",
            })
    void deniesAHeaderLine(String name, String value, String detail) {
        assertThat(judge(get("/").with(name, value))).isEqualTo("400 malformed-request: " + detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Content-Type", "Transfer-Encoding", "Origin"})
    void deniesAFieldThatReadersTakeOneLineOf(String name) {
        var value = name.equals("Content-Length") ? "5" : "chunked";
        var wire = RecordedWire.of("POST", "/").with(name, value).with(name.toLowerCase(java.util.Locale.ROOT), value);

        assertThat(judge(wire)).isEqualTo("400 malformed-request: `" + name + "` more than once");
    }

    @Test
    void deniesATransferEncodingBesideAContentLengthInEitherOrder() {
        var length = new Header("Content-Length", "5");
        var transfer = new Header("Transfer-Encoding", "chunked");
        var wire = RecordedWire.of("POST", "/");

        assertThat(judge(wire.with(length.name(), length.value()).with(transfer.name(), transfer.value())))
                .isEqualTo("400 malformed-request: a transfer encoding beside a content length");
        assertThat(judge(wire.with(transfer.name(), transfer.value()).with(length.name(), length.value())))
                .isEqualTo("400 malformed-request: a transfer encoding beside a content length");
        assertThat(judge(wire.with(transfer.name(), transfer.value()))).isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user@shop.example", "shop.example:99999", "shop.example/a"})
    void deniesAHostThatIsNone(String host) {
        assertThat(judge(RecordedWire.of("GET", "/").with("Host", host)))
                .isEqualTo("400 malformed-request: a host that is none");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "a=%, broken percent-encoding in the query",
        "a=%4, broken percent-encoding in the query",
        "a=%zz, broken percent-encoding in the query",
        "%=a, broken percent-encoding in the query",
        "a=%4&b=1, broken percent-encoding in the query",
        "a%3=4, broken percent-encoding in the query",
        "a=%00, a control character in the query",
        "a=%0d%0ab, a control character in the query",
        "%0A=b, a control character in the query",
        "a=\u007f, a control character in the query",
        "a=%c0%af, encoded bytes in the query that are not UTF-8",
        "a%E9=1, encoded bytes in the query that are not UTF-8",
        "a=%C3&b=%A9, encoded bytes in the query that are not UTF-8",
        "a%C3=%A9, encoded bytes in the query that are not UTF-8",
        "a=%C0g, encoded bytes in the query that are not UTF-8",
        "a=%C0%E7, encoded bytes in the query that are not UTF-8",
        "a=%C1+b, encoded bytes in the query that are not UTF-8",
        "a=%E9%27, encoded bytes in the query that are not UTF-8",
        "a=%bf%5c, encoded bytes in the query that are not UTF-8",
        "a=%C1%81, encoded bytes in the query that are not UTF-8",
        "a=%E9%3Cb, encoded bytes in the query that are not UTF-8",
        "a=%E9%25, encoded bytes in the query that are not UTF-8",
        "a=%BCscript%BE, encoded bytes in the query that are not UTF-8",
        "a=%D7, encoded bytes in the query that are not UTF-8",
        "a=%E9r\u00e9, encoded bytes in the query that are not UTF-8",
        "a=%E9r#b, encoded bytes in the query that are not UTF-8",
        "a=%E9r%00, encoded bytes in the query that are not UTF-8",
        "a=%E9r%4, encoded bytes in the query that are not UTF-8",
        "a=%E9r&b=%4, broken percent-encoding in the query",
        "a=%E9r&_method=DELETE, a parameter that overrides the method",
        "a=\u00e9, a character outside of ASCII in the query that is not encoded",
        "a#b, a hash in the query",
        "a=1#, a hash in the query",
        "_method=DELETE, a parameter that overrides the method",
        "a=b&_method, a parameter that overrides the method",
        "%5fm%65thod=DELETE, a parameter that overrides the method",
    })
    void deniesAQuery(String query, String detail) {
        assertThat(judge(get("/?" + query))).isEqualTo("400 malformed-request: " + detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "&",
                "a",
                "a=_method",
                "_methods=a",
                "_metho=a",
                "method=a",
                "a=%09",
                "a=%E2%82%AC%3d%26",
                "a=%E9",
                "a=%C3a",
                "a=%C0+la+carte&b=%C0",
                "a=A%F1adir+al+carrito&b=%C1lvaro%2c+8",
                "a=Gr%FC%DFe",
                "a=1%26%3d%27&b=caf%E9"
            })
    void passesAQuery(String query) {
        assertThat(judge(get("/?" + query))).isEqualTo("pass");
    }

    @Test
    void deniesMoreParametersThanTheBound() {
        assertThat(judge(get("/?" + "a=b&".repeat(200)))).isEqualTo("pass");
        assertThat(judge(get("/?" + "a=b&".repeat(201))))
                .isEqualTo("400 malformed-request: more than 200 parameters in the query");
    }

    @Test
    void neverReadsTheBody() {
        var view = RecordedWire.of("POST", "/").body("content").view();
        protocol.check(view);

        assertThat(view.body().touched()).isFalse();
    }

    @Test
    void agreesWithTheReaderOfParametersOnHostileQueries() {
        agreesWithParameters(protocol);
    }

    @Test
    void aCheckThatPassesEverythingIsFoundOut() {
        assertThatThrownBy(() -> agreesWithParameters(request -> Verdict.pass()))
                .isInstanceOf(AssertionError.class);
    }

    private static void agreesWithParameters(Check check) {
        var hostile = new Hostile(Seeds.random("ProtocolTest.queries"));
        for (var i = 0; i < FUZZED; i++) {
            var query = hostile.text(30).replace("?", "");
            if (check.check(get("/?" + query).view()) instanceof Verdict.Pass) {
                var trouble = Parameters.query(query).trouble();
                assertThat(trouble == null || trouble.equals("a parameter that is not UTF-8"))
                        .as(query)
                        .isTrue();
            }
        }
    }

    private static final String[] LETTERS = {
        "%E9", "%F1", "%C0", "%C1", "%DF", "%FF", "a", "G", "7", "+", "%20", "%27", "'", "%3C", "%5C", "_", ".", "-",
        "%2c", "%BF", "%D7"
    };

    /** Whatever passes is the same ASCII to who reads ISO 8859-1, to who reads UTF-8, and to who reads that without looking at second bytes. */
    @Test
    void lettersBeyondUtf8HideNoAscii() {
        var random = Seeds.random("ProtocolTest.letters");
        var passed = 0;
        for (var i = 0; i < FUZZED; i++) {
            var value = new StringBuilder();
            for (var count = random.nextInt(1, 6); count > 0; count--) {
                value.append(LETTERS[random.nextInt(LETTERS.length)]);
            }
            var view = get("/?a=" + value).view();
            if (Parameters.query(view.query()).trouble() != null && protocol.check(view) instanceof Verdict.Pass) {
                passed++;
                var latin = URLDecoder.decode(value.toString(), ISO_8859_1);
                assertThat(marks(URLDecoder.decode(value.toString(), UTF_8)))
                        .as(value.toString())
                        .isEqualTo(marks(latin));
                assertThat(marks(careless(latin))).as(value.toString()).isEqualTo(marks(latin));
            }
        }
        assertThat(passed).isGreaterThan(FUZZED / 100);
    }

    /** What is neither a letter nor a digit, in order. */
    private static String marks(String text) {
        return text.replaceAll("[^\\x00-\\x7f]|[A-Za-z0-9 _,.:-]", "");
    }

    /** Makes one character of two bytes whatever the second one is. */
    private static String careless(String latin) {
        var text = new StringBuilder();
        for (var i = 0; i < latin.length(); i++) {
            var c = latin.charAt(i);
            var pair = c >= 0xc0 && c < 0xe0 && i + 1 < latin.length();
            text.append(pair ? (char) ((c & 0x1f) << 6 | latin.charAt(++i) & 0x3f) : c);
        }
        return text.toString();
    }

    @Test
    void hasAVerdictForWhateverIsSent() {
        var hostile = new Hostile(Seeds.random(ProtocolTest.class));
        for (var i = 0; i < FUZZED; i++) {
            var wire = RecordedWire.of(i % 4 == 0 ? hostile.text(5) : "GET", hostile.path(20) + "?" + hostile.text(20))
                    .with(hostile.headerName(), hostile.text(10))
                    .with(hostile.headerName(), hostile.text(10));

            assertThat(judge(wire)).matches("pass|(400|405|414|431) [a-z-]+: .*");
        }
    }
}
