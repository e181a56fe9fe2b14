package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Seeds;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static final int RANDOM = 100_000;
    private static final byte[] EDGES = HexFormat.of().parseHex("007f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5ff");

    /** What the JDK's decoder says. */
    private static boolean decodes(byte[] bytes) {
        return !UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(64), true)
                .isError();
    }

    private static void agrees(Predicate<byte[]> reader, byte[] bytes) {
        if (reader.test(bytes) != decodes(bytes)) {
            throw new AssertionError("read differently: " + HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void agreesWithTheJdkOnAllSequencesOfTwoBytes() {
        agreesOnTwoBytes(Utf8::wellFormed);
    }

    @Test
    void aReaderThatTakesOverlongFormsIsFoundOut() {
        assertThatThrownBy(() -> agreesOnTwoBytes(bytes -> Utf8.wellFormed(bytes) || bytes[0] == (byte) 0xc0))
                .isInstanceOf(AssertionError.class);
    }

    private static void agreesOnTwoBytes(Predicate<byte[]> reader) {
        for (var i = 0; i < 0x10000; i++) {
            agrees(reader, new byte[] {(byte) (i >> 8), (byte) i});
        }
    }

    @Test
    void agreesWithTheJdkOnAllSequencesOfFourBytesAtTheEdges() {
        for (var i = 0; i < Math.pow(EDGES.length, 4); i++) {
            var bytes = new byte[4];
            for (int at = 0, rest = i; at < 4; at++, rest /= EDGES.length) {
                bytes[at] = EDGES[rest % EDGES.length];
            }
            agrees(Utf8::wellFormed, bytes);
        }
    }

    @Test
    void agreesWithTheJdkOnRandomText() {
        var random = Seeds.random(Utf8Test.class);
        var wellFormed = 0;
        for (var i = 0; i < RANDOM; i++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(8); length > 0; length--) {
                text.appendCodePoint(random.nextInt(1 << random.nextInt(1, 21)));
            }
            var bytes = text.toString().getBytes(UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            agrees(Utf8::wellFormed, bytes);
            wellFormed += decodes(bytes) ? 1 : 0;
        }
        assertThat(wellFormed).isBetween(RANDOM / 4, RANDOM - 1);
    }
}
