package dev.portcullis.attack;

import static dev.portcullis.attack.Mutation.*;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attacks stay attacks however they are written, and innocent texts stay innocent: at the balanced level, for texts of our own. */
class MutationTest {

    private static final Path CORPUS = Path.of("src/test/resources/dev/portcullis/attack/corpus");

    /** Of a thousand innocent texts that were changed at random, so many may look like an attack: a few changes make them one. */
    private static final int MOST_DENIED = 10;

    /** What may be done to any attack. */
    private static final Set<Mutation> ALWAYS = EnumSet.of(
            PERCENT,
            PERCENT_TWICE,
            PERCENT_SOME,
            WIDE_PERCENT,
            ENTITIES,
            HEX_ENTITIES,
            LONG_ENTITIES,
            SCRIPT_ESCAPES,
            HEX_ESCAPES,
            FULL_WIDTH,
            TABS,
            MANY_BLANKS,
            BLANKS_AROUND,
            LINES_AROUND);

    /** What may be done to attacks of some classes beside that. */
    private static final Map<String, Set<Mutation>> SOMETIMES = Map.of(
            "sqli", EnumSet.of(CASE, COMMENTS, LONG_COMMENTS, FORM_FEEDS),
            "xss", EnumSet.of(CASE),
            "rce", EnumSet.of(CASE),
            "lfi", EnumSet.of(CASE),
            "ssrf", EnumSet.of(CASE),
            "ssti", EnumSet.of(CASE),
            "ldap", EnumSet.of(CASE, WORDS_BEFORE, PADDING),
            "jndi", EnumSet.of(CASE, WORDS_BEFORE, PADDING, PADDING_BEHIND),
            "ssi", EnumSet.of(CASE, WORDS_BEFORE, PADDING, PADDING_BEHIND));

    private static final Set<Mutation> INNOCENT = EnumSet.of(
            CASE,
            PERCENT,
            PERCENT_TWICE,
            ENTITIES,
            SCRIPT_ESCAPES,
            FULL_WIDTH,
            TABS,
            MANY_BLANKS,
            FORM_FEEDS,
            BLANKS_AROUND,
            LINE_ENDS,
            WORDS_BEFORE,
            PADDING,
            PADDING_BEHIND);

    private final Inspection inspection = new Inspection(Level.BALANCED, Exclusions.NONE);
    private final Random random = new Random(7);

    /** One text, and what class it is of. */
    private record Row(String kind, String text) {

        static Row of(String line) {
            var tab = line.indexOf('\t');
            return new Row(line.substring(0, tab), Percent.decode(line.substring(tab + 1), false));
        }
    }

    private static List<Row> attacks() throws IOException {
        return Files.readAllLines(CORPUS.resolve("attacks.txt")).stream()
                .map(Row::of)
                .toList();
    }

    private static List<String> innocent() throws IOException {
        return Files.readAllLines(CORPUS.resolve("benign.txt")).stream()
                .map(line -> line.replace("\\~n", "\n"))
                .toList();
    }

    private boolean denies(String text) {
        return inspection.look(Place.FORM_VALUE, "q", text) != null
                || inspection.look(Place.QUERY_VALUE, "q", text) != null;
    }

    @Test
    void thereAreAttacksOfManyKinds() throws IOException {
        assertThat(attacks().stream().collect(groupingBy(Row::kind))).hasSizeGreaterThan(15);
        assertThat(attacks()).hasSizeGreaterThan(600);
        assertThat(innocent()).hasSizeGreaterThan(250);
    }

    @Test
    void deniesEveryAttackAndNothingElse() throws IOException {
        assertThat(attacks()).filteredOn(row -> !denies(row.text())).isEmpty();
        assertThat(innocent())
                .filteredOn(text -> inspection.look(Place.QUERY_VALUE, "q", text) != null)
                .isEmpty();
    }

    @Test
    void attacksStayAttacks() throws IOException {
        var lost = new ArrayList<String>();
        for (var row : attacks()) {
            var mutations = EnumSet.copyOf(ALWAYS);
            mutations.addAll(SOMETIMES.getOrDefault(row.kind(), Set.of()));
            for (var mutation : mutations) {
                if (!denies(mutation.of(row.text(), random))) {
                    lost.add(mutation + " of " + row);
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void innocentTextsStayInnocent() throws IOException {
        var denied = new ArrayList<String>();
        var all = 0;
        for (var text : innocent()) {
            for (var mutation : INNOCENT) {
                all++;
                if (inspection.look(Place.FORM_VALUE, "q", mutation.of(text, random)) != null) {
                    denied.add(mutation + " of " + text);
                }
            }
        }
        assertThat(denied).hasSizeLessThan(all * MOST_DENIED / 1_000);
    }

    @Test
    void twoMutationsAtOnceHideNoStatement() throws IOException {
        var outer = List.of(PERCENT, WIDE_PERCENT, ENTITIES, SCRIPT_ESCAPES);
        var lost = new ArrayList<String>();
        for (var row : attacks()) {
            var inner = row.kind().equals("sqli")
                    ? List.of(CASE, COMMENTS)
                    : row.kind().equals("xss") ? List.of(CASE) : List.<Mutation>of();
            for (var first : inner) {
                for (var second : outer) {
                    if (!denies(second.of(first.of(row.text(), random), random))) {
                        lost.add(second + " of " + first + " of " + row);
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
    }
}
