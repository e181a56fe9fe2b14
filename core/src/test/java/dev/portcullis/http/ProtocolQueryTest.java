package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Check;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.net.URLDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol rule says of queries. */
class ProtocolQueryTest {

    private static final int FUZZED = 20_000;

    private final Protocol protocol = Protocol.strict();

    /** Status, code and what the operator is told; {@code pass} for a pass. */
    private String judge(RecordedWire wire) {
        return protocol.check(wire.view()) instanceof Verdict.Deny deny
                ? deny.reply().status() + " " + deny.reply().code() + ": "
                        + deny.evidence().detail()
                : "pass";
    }

    private static RecordedWire get(String target) {
        return RecordedWire.of("GET", target).with("Host", "shop.example");
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
        "a=%0Ab%0dc, a control character in the query",
        "%0A=b, a control character in the query",
        "%0A, a control character in the query",
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
    void agreesWithTheReaderOfParametersOnHostileQueries() {
        agreesWithParameters(protocol);
    }

    @Test
    void aCheckThatPassesEverythingIsFoundOut() {
        assertThatThrownBy(() -> agreesWithParameters(request -> Verdict.pass()))
                .isInstanceOf(AssertionError.class);
    }

    private static void agreesWithParameters(Check check) {
        var hostile = new Hostile(Seeds.random("ProtocolQueryTest.queries"));
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
        var random = Seeds.random("ProtocolQueryTest.letters");
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
}
