package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipTest {

    /** The published vectors: the key and the input count up from zero. */
    @ParameterizedTest
    @CsvSource({"0, a3817f04ba25a8e66df67214c7550293", "1, 3b62a9ba6258f5610f83e264f31497b4"})
    void agreesWithTheVectorsOfItsAuthors(int words, String hash) {
        var sip = new Sip(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        IntStream.range(0, words).forEach(i -> sip.add(0x0706050403020100L + i * 0x0808080808080808L));
        var key = sip.key(1);

        var bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(key.high())
                .putLong(key.low());
        assertThat(HexFormat.of().formatHex(bytes.array())).isEqualTo(hash);
    }

    @Test
    void textsAreKeptApartWhereverTheyAreCut() {
        var seen = new HashSet<MeterKey>();
        var count = 0;
        for (var i = 0; i <= 12; i++) {
            for (var j = i; j <= 12; j++) {
                var sip = new Sip(1, 2);
                sip.add(1, "abcdefghijkl".substring(0, i), "abcdefghijkl".substring(i, j));
                sip.add(1, "abcdefghijkl".substring(j));
                seen.add(sip.key(1));
                count++;
            }
        }

        assertThat(seen).hasSize(count);
    }
}
