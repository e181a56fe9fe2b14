package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** All detectors that a text wakes look at its characters some dozens of times together, whatever the text is made of. */
class LooksTest {

    private static final int LENGTH = 3_000;
    private static final int MIXTURES = 1_500;
    private static final int MOST_PIECES = 4;
    /** A bound that two detectors more would break; what is known to take most takes 82. */
    private static final double MOST = 90;

    private final Random random = new Random(6);

    /** How often each character of a text of many times the piece is looked at: for its signs, and by the detectors that these wake. */
    private static double looks(String piece, Place place) {
        var chars = piece.repeat(LENGTH / piece.length());
        var text = new CountedText(chars);
        var sample = new Sample(place, "q", text, Traits.of(chars), Signs.of(text));
        for (var detector : Detectors.ALL) {
            var awake = (detector.attractors(place) & sample.traits()) != 0 && detector.mayFind(sample);
            if (awake && detector.look(sample).suspicion() == Suspicion.CERTAIN) {
                return 0;
            }
        }
        return text.looks() / (double) text.length();
    }

    private String mixture(List<String> pieces) {
        var mixture = new StringBuilder();
        for (var i = random.nextInt(MOST_PIECES); i >= 0; i--) {
            mixture.append(pieces.get(random.nextInt(pieces.size())));
        }
        return mixture.toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON_VALUE", "QUERY_VALUE", "HEADER", "JSON_NAME"})
    void noTextIsLookedAtMoreOften(Place place) {
        var pieces = LinearTimeTest.pumped();
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(looks(piece, place)).as(piece).isLessThan(MOST));
        assertThat(LinearTimeTest.operators())
                .allSatisfy(piece -> assertThat(looks(piece, place)).as(piece).isLessThan(MOST));
        for (var i = 0; i < MIXTURES; i++) {
            var mixture = mixture(pieces);
            assertThat(looks(mixture, place)).as(mixture).isLessThan(MOST);
        }
    }

    /** What stands between one bracket and the next is read for all of them at once: reading it for each took 20 looks more, or 150. */
    @ParameterizedTest
    @CsvSource({"${, 60", "${${, 60", "{{, 54", "{%{%, 54", "<%x=, 64", "<%a>, 70", "{{dict(, 60", "<#list , 100"})
    void bracketsInARowAreReadTogether(String piece, double most) {
        assertThat(looks(piece, Place.JSON_VALUE)).isLessThan(most);
    }

    @Test
    void whatKeepsDetectorsBusyIsCounted() {
        assertThat(looks("||1(1!!a(<%\\n", Place.JSON_VALUE)).isGreaterThan(30);
    }
}
