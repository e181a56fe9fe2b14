package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import java.net.IDN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {

    /** Samples of RFC 3492, section 7.1, among them. */
    @ParameterizedTest
    @CsvSource({
        "bcher-kva, b\u00fccher",
        "BCHER-KVA, B\u00fcCHER",
        "strae-oqa, stra\u00dfe",
        "ihqwcrb4cv8a8dqg056pqjye, \u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587",
        "4dbcagdahymbxekheh6e0a7fei0b, \u05dc\u05de\u05d4\u05d4\u05dd\u05e4\u05e9\u05d5\u05d8\u05dc\u05d0\u05de\u05d3\u05d1\u05e8\u05d9\u05dd\u05e2\u05d1\u05e8\u05d9\u05ea",
        "3B-ww4c5e180e575a65lsy2b, 3\u5e74B\u7d44\u91d1\u516b\u5148\u751f",
        "d9juau41awczczp, \u305d\u306e\u30b9\u30d4\u30fc\u30c9\u3067",
        "e28h, \uD83D\uDE00"
    })
    void decodes(String encoded, String text) {
        assertThat(Punycode.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f", "a-", "-", "-kva", "99999999", "b!", "a b", "\u00e4", "a-\u00e4"})
    void decodesNothingThatIsNotEncoded(String text) {
        assertThat(Punycode.decode(text)).isNull();
    }

    @Test
    void boundsTheLength() {
        assertThat(Punycode.decode("a".repeat(64))).isNull();
    }

    @Test
    void decodesWhatAnotherEncoderEncodes() {
        var random = Seeds.random(PunycodeTest.class);
        for (var i = 0; i < 5_000; i++) {
            var text = random.ints(1 + random.nextInt(12), 0, 400)
                    .map(n -> n < 26 ? 'a' + n : 0x4e00 + n)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .append('\u4e00')
                    .toString();
            assertThat(Punycode.decode(IDN.toASCII(text).substring("xn--".length())))
                    .isEqualTo(text);
        }
    }

    @Test
    void readsOrRefusesWhateverIsSent() {
        var hostile = new Hostile(Seeds.random("PunycodeTest.hostile"));
        for (var i = 0; i < 20_000; i++) {
            var decoded = Punycode.decode(hostile.text(20));
            assertThat(decoded == null || decoded.codePoints().anyMatch(c -> c >= 128))
                    .isTrue();
        }
    }
}
