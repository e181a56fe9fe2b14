package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each detector catches and lets through, at the balanced level. */
class DetectorFixtureTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("(Caught|Let through): (?:\\{@code (.*)}|<code>(.*)</code>)$", Pattern.MULTILINE);

    /** A name that the optional detectors look at, which those of requests that a server sends do not take for theirs. */
    private static final String NAME = "dest";

    private final Inspection inspection =
            new Inspection(Panel.of(Level.BALANCED, Map.of(), Set.copyOf(Attacks.detectors())), Exclusions.NONE);
    private final Inspection usual = new Inspection(Level.BALANCED, Exclusions.NONE);

    private Inspection asked(FixtureRow row) {
        return Attacks.optional().contains(row.detector()) ? inspection : usual;
    }

    static List<FixtureRow> attacks() {
        return FixtureRow.all().stream().filter(FixtureRow::attack).toList();
    }

    static List<FixtureRow> benign() {
        return FixtureRow.all().stream().filter(row -> !row.attack()).toList();
    }

    @Test
    void theFixturesHaveRows() {
        assertThat(attacks()).hasSizeGreaterThan(180);
        assertThat(benign()).hasSizeGreaterThan(120);
        assertThat(Attacks.detectors()).allSatisfy(id -> {
            assertThat(FixtureRow.of(id)).filteredOn(FixtureRow::attack).hasSizeGreaterThanOrEqualTo(5);
            assertThat(FixtureRow.of(id)).filteredOn(row -> !row.attack()).hasSizeGreaterThanOrEqualTo(4);
        });
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void findsTheAttack(FixtureRow row) {
        var deny = asked(row).look(row.place(), NAME, row.text());

        assertThat(deny).isNotNull();
        assertThat(deny.evidence().matched()).contains(row.detector());
    }

    @ParameterizedTest
    @MethodSource("benign")
    void letsThroughWhatIsNone(FixtureRow row) {
        assertThat(asked(row).look(row.place(), NAME, row.text())).isNull();
    }

    @Test
    void theExamplesOfEveryDetectorAreRowsOfItsFixture() throws IOException {
        for (var detector : Detectors.ALL) {
            var source = Files.readString(Path.of(
                    "src/main/java/dev/portcullis/attack", detector.getClass().getSimpleName() + ".java"));
            var examples = EXAMPLE.matcher(source);
            for (var heading : List.of("Caught", "Let through")) {
                assertThat(examples.find())
                        .as(detector.id() + " says: " + heading)
                        .isTrue();
                var text = examples.group(2) == null ? examples.group(3) : examples.group(2);
                assertThat(examples.group(1)).isEqualTo(heading);
                assertThat(FixtureRow.of(detector.id()))
                        .filteredOn(row -> row.attack() == heading.equals("Caught"))
                        .extracting(FixtureRow::text)
                        .contains(text);
            }
        }
    }
}
