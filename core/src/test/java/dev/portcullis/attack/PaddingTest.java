package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks between lines of something else are denied as they are alone, at the balanced level. */
class PaddingTest {

    private static final Path CORPUS = Path.of("src/test/resources/dev/portcullis/attack/corpus/attacks.txt");
    private static final Set<String> KINDS = Set.of("rce", "ssti", "code");
    private static final List<String> ENDS = List.of("\n", "\r\n", "\n\n");
    private static final int FEWEST = 200;

    private final Inspection inspection = new Inspection(Level.BALANCED, Exclusions.NONE);

    private static List<String> attacks() throws IOException {
        return Files.readAllLines(CORPUS).stream()
                .filter(line -> KINDS.contains(line.substring(0, line.indexOf('\t'))))
                .map(line -> Percent.decode(line.substring(line.indexOf('\t') + 1), false))
                .toList();
    }

    private static List<String> padded(String attack, String padding) {
        var texts = new ArrayList<String>();
        for (var end : ENDS) {
            for (var count : new int[] {1, 3, 7, 40}) {
                var lines = (padding.replace("\\n", end) + end).repeat(count);
                texts.addAll(List.of(attack + end + lines, lines + attack + end + lines, lines + attack));
            }
        }
        return texts;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            96 | The delivery arrived late on Monday morning.\\nMy neighbour did not mind (I asked).
            96 | 10000042\\namber.river@example.org\\n2026-03-01T10:00:00Z
            96 | city: Paris 75\\nstatus: open
            96 | city=Paris75\\nstatus=open
            96 | amber river lantern walnut
            96 | x
            96 | 2026-03-01 12:00:17 INFO  [worker-3] amber took 17 ms
            96 | 203.0.113.9 - - [12/Mar/2026:10:00:00 +0000] "GET /amber/river HTTP/1.1" 200 512
            96 | 17,amber,river,2.5
            96 | - amber and river
            96 | > We spoke of it on Monday.
            90 | ## Amber\\nSome **walnut** and [river](https://example.org/river) text.
            90 | # We spoke of it on Monday
            90 |   "city": "Paris",
            90 | <p>We spoke of it on Monday</p>
            30 | var amber = river.get(7);
            30 | amber = river(7)
            """)
    void deniesAttacksBetweenLines(int percent, String padding) throws IOException {
        var lost = new ArrayList<String>();
        var all = 0;
        for (var attack : attacks()) {
            for (var text : padded(attack, padding)) {
                all++;
                if (inspection.look(Place.FORM_VALUE, "q", text) == null) {
                    lost.add(attack);
                }
            }
        }
        assertThat(all).isGreaterThan(FEWEST * ENDS.size());
        assertThat(100 - 100.0 * lost.size() / all)
                .as("found; lost are %s", Set.copyOf(lost))
                .isGreaterThanOrEqualTo(percent);
    }
}
