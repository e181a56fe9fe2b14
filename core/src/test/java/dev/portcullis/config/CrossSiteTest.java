package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages of other sites can make a browser send. */
class CrossSiteTest {

    private static final String POLICIES = """
            policies:
              usual:
                paths: [/usual/**]
                public: true
                cross-site: { origins: [https://partner.example], exempt: [/usual/embed/**] }
                cors: { origins: [https://app.example.net] }
              strict:
                paths: [/strict]
                public: true
                cross-site: { same-site: deny, navigations: deny, unknown: deny }
              framed: { paths: [/framed], public: true, cross-site: { frames: allow } }
              any: { paths: [/any], public: true, cross-site: { unknown: allow }, cors: { origins: ['*'] } }
              rehearsed: { paths: [/rehearsed], public: true, cross-site: { mode: observe } }
            """;

    private static RecordedWire request(String line, String headers) {
        var words = line.split(" ", -1);
        var wire = with(words[0], words[1]);
        for (var header : headers.isBlank() ? new String[0] : headers.split("; ")) {
            var colon = header.indexOf(':');
            wire = wire.with(header.substring(0, colon), header.substring(colon + 1));
        }
        return wire;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            POST /usual/a  | Sec-Fetch-Site:same-origin                                                      | proceed
            POST /usual/a  | Sec-Fetch-Site:same-site; Origin:https://other.example.com                      | proceed
            POST /usual/a  | Sec-Fetch-Site:none                                                             | proceed
            POST /usual/a  | Sec-Fetch-Site:cross-site; Origin:https://evil.example                          | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:document; Origin:null | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Sec-Fetch-Site:cross-site; Origin:https://partner.example                       | proceed
            POST /usual/a  | Sec-Fetch-Site:cross-site; Origin:https://app.example.net                       | proceed
            POST /usual/a  | Sec-Fetch-Site:cross-site; Origin:https://partner.example.evil.example          | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Sec-Fetch-Site:same-origin; Sec-Fetch-Site:cross-site                           | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Sec-Fetch-Site:SAME-ORIGIN                                                      | usual.cross-site 403 cross-site-denied
            GET /usual/a   | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:no-cors; Sec-Fetch-Dest:script        | usual.cross-site 403 cross-site-denied
            GET /usual/a   | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:no-cors; Sec-Fetch-Dest:image         | usual.cross-site 403 cross-site-denied
            GET /usual/a   | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:document      | proceed
            GET /usual/a   | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:iframe        | usual.cross-site 403 cross-site-denied
            GET /usual/a   | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:object        | usual.cross-site 403 cross-site-denied
            GET /usual/a   | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate                              | usual.cross-site 403 cross-site-denied
            GET /usual/embed/a | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:no-cors; Sec-Fetch-Dest:image     | proceed
            GET /framed    | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:iframe        | proceed
            GET /framed    | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:embed         | framed.cross-site 403 cross-site-denied
            GET /usual/a   | Origin:https://evil.example                                                     | proceed
            POST /usual/a  | Origin:http://example.com                                                       | proceed
            POST /usual/a  | Origin:http://example.com:8080                                                  | proceed
            POST /usual/a  | Origin:https://evil.example                                                     | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Origin:null                                                                     | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Referer:http://example.com/page?x=http://evil.example/                          | proceed
            POST /usual/a  | Referer:http://example.com.evil.example/                                        | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Referer:http://evil.example/http://example.com/                                 | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Referer:http://example.com@evil.example/                                        | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Referer:https://partner.example/x                                               | proceed
            POST /usual/a  | Referer:about:blank                                                             | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Content-Length:2; Content-Type:application/json                                 | proceed
            POST /usual/a  | Content-Length:2; Content-Type:text/plain;charset=x                             | usual.cross-site 415 unsupported-media-type
            POST /usual/a  | Content-Length:2                                                                | usual.cross-site 415 unsupported-media-type
            POST /usual/a  | Content-Length:2; Content-Type:text/plain; Sec-Fetch-Site:same-origin           | proceed
            POST /usual/a  | Cookie:s=1; Content-Length:2; Content-Type:application/x-www-form-urlencoded    | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Cookie:s=1; Content-Length:2; Content-Type:Multipart/Form-Data;boundary=b       | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Cookie:s=1; Content-Length:2; Content-Type:text/plain                           | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Cookie:s=1; Content-Length:2; Content-Type:nonsense                             | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Cookie:s=1                                                                      | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Cookie:s=1; Authorization:Basic YTpi                                            | usual.cross-site 403 cross-site-denied
            POST /usual/a  | Cookie:s=1; Authorization:Bearer x; Content-Length:2; Content-Type:application/x-www-form-urlencoded | proceed
            POST /usual/a  | Cookie:s=1; Content-Length:2; Content-Type:application/json                     | proceed
            PUT /usual/a   | Cookie:s=1; Content-Length:2; Content-Type:application/x-www-form-urlencoded    | proceed
            POST /usual/a  | Cookie:s=1; Referer:http://example.com/form; Content-Length:2; Content-Type:application/x-www-form-urlencoded | proceed
            POST /usual/a  | Content-Length:2; Content-Type:application/x-www-form-urlencoded                | proceed
            POST /any      | Cookie:s=1; Content-Length:2; Content-Type:application/x-www-form-urlencoded    | proceed
            POST /any      | Cookie:s=1; Content-Length:2; Content-Type:text/plain                           | any.cross-site 415 unsupported-media-type
            POST /rehearsed | Cookie:s=1                                                                     | proceed
            POST /strict   | Sec-Fetch-Site:same-origin                                                      | proceed
            POST /strict   | Sec-Fetch-Site:same-site; Origin:https://other.example.com                      | strict.cross-site 403 cross-site-denied
            POST /strict   | Origin:http://example.com                                                       | proceed
            POST /strict   | Origin:http://example.com:8080                                                  | strict.cross-site 403 cross-site-denied
            POST /strict   | Content-Type:application/json                                                   | strict.cross-site 403 cross-site-denied
            GET /strict    | Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:navigate; Sec-Fetch-Dest:document      | strict.cross-site 403 cross-site-denied
            POST /any      | Sec-Fetch-Site:cross-site; Origin:https://evil.example                          | any.cross-site 403 cross-site-denied
            POST /rehearsed | Sec-Fetch-Site:cross-site; Origin:https://evil.example                         | proceed
            """)
    void judgesByWhatTheBrowserSays(String line, String headers, String outcome) {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, request(line, headers))).isEqualTo(outcome);
        }
    }

    @Test
    void leavesPreflightsToCors() {
        var asked = "Sec-Fetch-Site:cross-site; Sec-Fetch-Mode:cors; Access-Control-Request-Method:POST; Origin:";
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, request("OPTIONS /usual/a", asked + "https://app.example.net")))
                    .isEqualTo("usual.cors-preflight 204");
        }
    }

    @Test
    void anOriginThatIsSentTwiceIsOfNobody() {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, request("POST /usual/a", "Origin:http://example.com; Origin:http://example.com")))
                    .isEqualTo("protocol 400 malformed-request");
        }
    }

    @Test
    void cachesKeepAnswersApart() {
        try (var gate = gate(POLICIES)) {
            var outcome = gate.engine().evaluate(gate.view(request("GET /framed", "Sec-Fetch-Site:same-origin")));
            assertThat(outcome.headers())
                    .anyMatch(header -> header.named("Vary") && header.value().contains("Sec-Fetch-Site"));
        }
    }
}
