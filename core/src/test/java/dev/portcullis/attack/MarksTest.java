package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarksTest {

    private static final String SOME = "\0\t !?@`a~\u007f";

    @Test
    void holdsThoseCharactersAndNoOther() {
        var marks = Marks.of(SOME);

        for (var c = 0; c <= Character.MAX_VALUE; c++) {
            assertThat(marks.has((char) c)).as("character %x", c).isEqualTo(SOME.indexOf(c) >= 0);
            assertThat(marks.lacks((char) c)).as("character %x", c).isNotEqualTo(SOME.indexOf(c) >= 0);
        }
    }

    @Test
    void whatStandsOutsideOfATextIsNone() {
        assertThat(Marks.of("\u007f").has(Text.END)).isFalse();
    }

    @Test
    void refusesCharactersOfOtherScripts() {
        assertThatThrownBy(() -> Marks.of("\u00e4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: one of ASCII");
    }
}
