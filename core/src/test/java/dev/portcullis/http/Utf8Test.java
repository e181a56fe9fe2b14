package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static final int RANDOM = 200_000;

    /** What the JDK's decoder says. */
    private static boolean decodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void agreesWithTheJdkOnAllSequencesOfTwoBytes() {
        for (var i = 0; i < 0x10000; i++) {
            var bytes = new byte[] {(byte) (i >> 8), (byte) i};
            assertThat(Utf8.wellFormed(bytes)).as("%04x", i).isEqualTo(decodes(bytes));
        }
    }

    @Test
    void agreesWithTheJdkOnAllLongSequencesOfBytesAtTheEdges() {
        var edges = new int[] {
            0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
            0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
        };
        for (var i = 0; i < Math.pow(edges.length, 4); i++) {
            var bytes = new byte[4];
            for (int at = 0, rest = i; at < 4; at++, rest /= edges.length) {
                bytes[at] = (byte) edges[rest % edges.length];
            }
            assertThat(Utf8.wellFormed(bytes)).as("%s", (Object) bytes).isEqualTo(decodes(bytes));
        }
    }

    @Test
    void agreesWithTheJdkOnRandomText() {
        var random = Seeds.random(Utf8Test.class);
        for (var i = 0; i < RANDOM; i++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(8); length > 0; length--) {
                text.appendCodePoint(random.nextInt(1 << random.nextInt(1, 21)));
            }
            var bytes = text.toString().getBytes(UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(Utf8.wellFormed(bytes)).isEqualTo(decodes(bytes));
        }
    }
}
