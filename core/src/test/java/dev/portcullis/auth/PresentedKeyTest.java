package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PresentedKeyTest {

    private static final int LONGEST = 40;

    private static boolean isVisible(String text) {
        return new PresentedKey(text, null).isVisible();
    }

    /** Keys of all lengths, with this character at one of all places, and all others visible. */
    private static Stream<String> keysWith(int odd) {
        return IntStream.rangeClosed(1, LONGEST).boxed().flatMap(length -> {
            var rest = "!a~Z9_".repeat(LONGEST).substring(0, length - 1);
            return IntStream.range(0, length).mapToObj(at -> rest.substring(0, at) + (char) odd + rest.substring(at));
        });
    }

    @Test
    void isVisibleWhereAllItsCharactersAre() {
        assertThat(isVisible("")).isFalse();
        IntStream.rangeClosed('!', '~').forEach(c -> assertThat(keysWith(c)).allMatch(PresentedKeyTest::isVisible));
    }

    @Test
    void isNotVisibleWithAnyOtherCharacterAtAnyPlace() {
        for (var c : new int[] {0, '\t', '\n', 0x1F, ' ', 0x7F, 0x80, 0xA1, 0xFF, 0x121, 0x221, 0x2121, 0xFF21}) {
            assertThat(keysWith(c)).hasSizeGreaterThan(LONGEST).noneMatch(PresentedKeyTest::isVisible);
        }
    }
}
