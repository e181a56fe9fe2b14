package dev.portcullis.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short run of what the profile {@code fuzz} does for long. */
class ReadersTest {

    private static final int INPUTS = 400;
    private static final byte[] MARKS = "\0\r\n \"%&'()*+,-./:;<=>?@[\\]^{|}~\u007f\u0080\u00ff"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @EnumSource
    void readsItsSeed(Reader reader) {
        assertThatCode(() -> reader.readWithinBound(reader.seed())).doesNotThrowAnyException();
        assertThatCode(() -> reader.readWithinBound(new byte[0])).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void throwsNothingThatItDoesNotDeclare(Reader reader) {
        run(reader.name(), reader.seed(), reader::readWithinBound);
    }

    @Test
    void aFaultIsFoundOut() {
        assertThatThrownBy(() -> run("fault", Reader.MULTIPART.seed(), input -> {
                    if (input.length > 5 && input[5] == '%') {
                        throw new IllegalStateException("planted");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("planted");
    }

    private static void run(String name, byte[] seed, Consumer<byte[]> reader) {
        var random = Seeds.random("fuzz " + name);
        for (var i = 0; i < INPUTS * (name.equals("fault") ? 100 : 1); i++) {
            var input = changed(seed, random);
            try {
                reader.accept(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(name + " of " + Arrays.toString(input), e);
            }
        }
    }

    /** The seed with some bytes replaced, put in, taken out or said again. */
    private static byte[] changed(byte[] seed, SplittableRandom random) {
        var input = seed;
        for (var changes = random.nextInt(1, 6); changes > 0; changes--) {
            input = once(input, random);
        }
        return input;
    }

    private static byte[] once(byte[] input, SplittableRandom random) {
        var at = random.nextInt(input.length + 1);
        var to = Math.min(input.length, at + random.nextInt(1, 9));
        var more = switch (random.nextInt(4)) {
            case 0 -> new byte[] {MARKS[random.nextInt(MARKS.length)]};
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> Arrays.copyOfRange(input, at, to);
            default -> new byte[0];
        };
        var rest = random.nextBoolean() ? at : to;
        var out = new byte[at + more.length + input.length - rest];
        System.arraycopy(input, 0, out, 0, at);
        System.arraycopy(more, 0, out, at, more.length);
        System.arraycopy(input, rest, out, at + more.length, input.length - rest);
        return out;
    }
}
