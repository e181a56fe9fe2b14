package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
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

    @Test
    void neverReadsTheBody() {
        var view = RecordedWire.of("POST", "/").body("content").view();
        protocol.check(view);

        assertThat(view.body().touched()).isFalse();
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
