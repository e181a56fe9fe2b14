package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipTest {

    private static final long KEY0 = 0x0706050403020100L;
    private static final long KEY1 = 0x0f0e0d0c0b0a0908L;

    /** The hash as its authors describe it, with any number of rounds. */
    private record Reference(int perWord, int atTheEnd) {

        String of(long... words) {
            var v = new long[] {
                KEY0 ^ 0x736f6d6570736575L,
                KEY1 ^ 0x646f72616e646f6dL ^ 0xee,
                KEY0 ^ 0x6c7967656e657261L,
                KEY1 ^ 0x7465646279746573L
            };
            for (var word : words) {
                compress(v, word);
            }
            compress(v, (long) words.length * 8 << 56);
            v[2] ^= 0xee;
            var low = end(v);
            v[1] ^= 0xdd;
            return hex(low, end(v));
        }

        private void compress(long[] v, long word) {
            v[3] ^= word;
            rounds(v, perWord);
            v[0] ^= word;
        }

        private long end(long[] v) {
            rounds(v, atTheEnd);
            return v[0] ^ v[1] ^ v[2] ^ v[3];
        }

        private static void rounds(long[] v, int times) {
            for (var i = 0; i < times; i++) {
                v[0] += v[1];
                v[2] += v[3];
                v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
                v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
                v[0] = Long.rotateLeft(v[0], 32) + v[3];
                v[2] += v[1];
                v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
                v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
                v[2] = Long.rotateLeft(v[2], 32);
            }
        }
    }

    private static String hex(long first, long second) {
        var bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(first)
                .putLong(second);
        return HexFormat.of().formatHex(bytes.array());
    }

    private static long[] countingUp(int words) {
        return IntStream.range(0, words)
                .mapToLong(i -> 0x0706050403020100L + i * 0x0808080808080808L)
                .toArray();
    }

    /** The published vectors, which are of 2 and 4 rounds: the key and the input count up from zero. */
    @ParameterizedTest
    @CsvSource({"0, a3817f04ba25a8e66df67214c7550293", "1, 3b62a9ba6258f5610f83e264f31497b4"})
    void theReferenceAgreesWithTheVectorsOfItsAuthors(int words, String hash) {
        assertThat(new Reference(2, 4).of(countingUp(words))).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 20})
    void agreesWithTheReference(int words) {
        var sip = new Sip(KEY0, KEY1);
        LongStream.of(countingUp(words)).forEach(sip::add);
        var key = sip.key(1);

        assertThat(hex(key.high(), key.low())).isEqualTo(new Reference(1, 3).of(countingUp(words)));
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
