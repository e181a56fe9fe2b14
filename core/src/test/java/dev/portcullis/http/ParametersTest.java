package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.Parameters.Pair;
import java.net.URLEncoder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    private static final int FUZZED = 50_000;

    @Test
    void areReadInOrderAndDecodedOnce() {
        assertThat(Parameters.query("a=1&b=2+3%2B&a=%2531&caf%C3%A9=%F0%9F%8C%B2&x=y=z"))
                .isEqualTo(new Parameters(
                        java.util.List.of(
                                new Pair("a", "1", "a", "1"),
                                new Pair("b", "2+3%2B", "b", "2 3+"),
                                new Pair("a", "%2531", "a", "%31"),
                                new Pair("caf%C3%A9", "%F0%9F%8C%B2", "café", "🌲"),
                                new Pair("x", "y=z", "x", "y=z")),
                        null));
    }

    @Test
    void areThereWithoutNameOrValue() {
        assertThat(Parameters.query("&a&&b=&=c&=&").pairs())
                .containsExactly(
                        new Pair("a", "", "a", ""),
                        new Pair("b", "", "b", ""),
                        new Pair("", "c", "", "c"),
                        new Pair("", "", "", ""));
    }

    @Test
    void areSeparatedByAmpersandsAlone() {
        assertThat(Parameters.query("a=1;b=2").pairs()).containsExactly(new Pair("a", "1;b=2", "a", "1;b=2"));
    }

    @Test
    void areNoneWithoutQuery() {
        assertThat(Parameters.query(null).pairs()).isEmpty();
        assertThat(Parameters.query("").pairs()).isEmpty();
        assertThat(Parameters.form(new byte[0]).pairs()).isEmpty();
    }

    @Test
    void ofAFormMayHoldRawUtf8() {
        var form = Parameters.form("a=é+%C3%A9&b=\r\n".getBytes(UTF_8));

        assertThat(form.pairs())
                .containsExactly(new Pair("a", "é+%C3%A9", "a", "é é"), new Pair("b", "\r\n", "b", "\r\n"));
        assertThat(form.trouble()).isNull();
    }

    @ParameterizedTest(name = "{0} is read as {1}: {2}")
    @CsvSource({
        "a=%, %, broken percent-encoding in a parameter",
        "a=%4, %4, broken percent-encoding in a parameter",
        "a=%zz%41, %zzA, broken percent-encoding in a parameter",
        "a=%4&1=b, %4, broken percent-encoding in a parameter",
        "a=%C3%28, \ufffd(, a parameter that is not UTF-8",
        "a=%C3, \ufffd, a parameter that is not UTF-8",
        "a=é, é, a parameter with a character outside of ASCII",
    })
    void tellWhatIsBroken(String query, String value, String trouble) {
        var parameters = Parameters.query(query);

        assertThat(parameters.pairs().get(0).value()).isEqualTo(value);
        assertThat(parameters.trouble()).isEqualTo(trouble);
    }

    @Test
    void ofAFormTellWhatIsNotUtf8() {
        assertThat(Parameters.form("a=\u00e9".getBytes(ISO_8859_1)).trouble())
                .isEqualTo("a parameter that is not UTF-8");
    }

    @Test
    void areBounded() {
        var most = Parameters.query("a=b&".repeat(200));
        var more = Parameters.query("a=b&".repeat(100_000));

        assertThat(Parameters.query("a=b&".repeat(200) + "&&").trouble()).isNull();
        assertThat(most.pairs()).hasSize(200);
        assertThat(most.trouble()).isNull();
        assertThat(more.pairs()).hasSize(200);
        assertThat(more.trouble()).isEqualTo("more than 200 parameters");
    }

    @Test
    void areReadBackAsTheyWereWritten() {
        var hostile = new Hostile(Seeds.random("ParametersTest.written"));
        for (var i = 0; i < FUZZED / 10; i++) {
            var name = new String(hostile.text(10).getBytes(UTF_8), UTF_8);
            var value = new String(hostile.text(10).getBytes(UTF_8), UTF_8);
            var raw = URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);

            assertThat(Parameters.query(raw).pairs())
                    .containsExactly(
                            new Pair(URLEncoder.encode(name, UTF_8), URLEncoder.encode(value, UTF_8), name, value));
            assertThat(Parameters.form(raw.getBytes(UTF_8))).isEqualTo(Parameters.query(raw));
            assertThat(Parameters.query(raw).trouble()).isNull();
        }
    }

    @Test
    void haveAResultForWhateverIsSent() {
        var hostile = new Hostile(Seeds.random(ParametersTest.class));
        for (var i = 0; i < FUZZED; i++) {
            var raw = new String(hostile.text(60).getBytes(UTF_8), UTF_8);
            var read = Parameters.query(raw);
            var written = read.pairs().stream()
                    .map(pair -> pair.rawName() + "=" + pair.rawValue())
                    .collect(Collectors.joining("&"));

            assertThat(read.pairs()).hasSizeLessThanOrEqualTo(Parameters.MAX_PAIRS);
            assertThat(Parameters.query(written).pairs()).isEqualTo(read.pairs());
            assertThat(Parameters.form(raw.getBytes(UTF_8)).pairs()).isEqualTo(read.pairs());
        }
    }
}
