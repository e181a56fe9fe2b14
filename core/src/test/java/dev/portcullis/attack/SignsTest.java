package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.fixture.Suites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a detector finds in a text, the signs of the text have it look. */
class SignsTest {

    private static final Path CORPUS = Path.of("src/test/resources/dev/portcullis/attack/corpus");
    private static final List<Place> PLACES = List.of(
            Place.QUERY_VALUE,
            Place.JSON_VALUE,
            Place.JSON_NAME,
            Place.HEADER,
            Place.COOKIE,
            Place.PATH,
            Place.REFERER);
    private static final int SPLICES = 60_000;
    private static final int MOST_SHOWN = 20;

    private final Random random = new Random(11);
    private final TreeSet<String> lost = new TreeSet<>();

    private static List<String> corpus() throws IOException {
        var all = new ArrayList<String>();
        FixtureRow.all().forEach(row -> all.add(row.text()));
        for (var line : Files.readAllLines(CORPUS.resolve("attacks.txt"))) {
            all.add(Percent.decode(line.substring(line.indexOf('\t') + 1), false));
        }
        for (var line : Files.readAllLines(CORPUS.resolve("benign.txt"))) {
            all.add(line.replace("\\~n", "\n"));
        }
        return all;
    }

    private void ask(String text, LongUnaryOperator seen) {
        for (var place : PLACES) {
            var whole = Sample.of(place, "q", text);
            var sample = new Sample(place, "q", whole.text(), whole.traits(), seen.applyAsLong(whole.signs()));
            for (var detector : Detectors.ALL) {
                if (!(detector instanceof OpenRedirect) && (detector.attractors(place) & sample.traits()) != 0) {
                    compare(detector, sample);
                }
            }
        }
    }

    private void compare(Detector detector, Sample sample) {
        var finding = detector.look(sample.text(), sample.place());
        var gated = detector.mayFind(sample) ? detector.look(sample) : Finding.NONE;
        if (gated.suspicion() != finding.suspicion() || gated.at() != finding.at()) {
            lost.add(detector.id() + " in " + sample.place() + ": " + sample.text());
        }
    }

    private void ask(String text) {
        ask(text, signs -> signs);
    }

    private void assertNothingIsLost() {
        assertThat(lost.stream().limit(MOST_SHOWN)).isEmpty();
    }

    @Test
    void detectorsFindTheSameInEveryTextOfOurOwnHoweverItIsChanged() throws IOException {
        var texts = corpus();
        assertThat(texts).hasSizeGreaterThan(1_000);
        for (var text : texts) {
            ask(text);
            for (var mutation : Mutation.values()) {
                ask(mutation.of(text, random));
            }
        }
        assertNothingIsLost();
    }

    @Test
    void detectorsFindTheSameInPumpedTexts() {
        LinearTimeTest.pumped().forEach(unit -> {
            ask(unit);
            ask(unit.repeat(40));
            ask(" x " + unit + "'" + unit + " and " + unit + "1=1");
        });
        assertNothingIsLost();
    }

    @Test
    void detectorsFindTheSameInPiecesOfAttacksPutTogether() throws IOException {
        var pieces = new ArrayList<>(corpus());
        pieces.addAll(LinearTimeTest.pumped());
        pieces.addAll(List.of(
                " ", "'", "\"", "/**/", "--", "#", "\n", ";", "(", ")", "1", "x", "\ufffd", "\u00e9", "\\", ":"));
        for (var i = 0; i < SPLICES; i++) {
            ask(piece(pieces) + piece(pieces) + piece(pieces));
        }
        assertNothingIsLost();
    }

    private String piece(List<String> pieces) {
        var one = pieces.get(random.nextInt(pieces.size()));
        var from = random.nextInt(one.length() + 1);
        return random.nextInt(3) == 0 ? one : one.substring(from, from + random.nextInt(one.length() - from + 1));
    }

    @Tag("suite")
    @ParameterizedTest
    @ValueSource(strings = {"libinjection", "payloadbox", "fuzzdb", "csic2010", "benign-markdown", "benign-faker"})
    void detectorsFindTheSameInTextsOfOthers(String set) {
        try (var lines = Suites.lines("traffic/" + set + ".jsonl.gz")) {
            lines.limit(6_000)
                    .forEach(line -> texts(line)
                            .forEach(text -> Readings.of(text, Traits.of(text)).forEach(this::ask)));
        }
        assertNothingIsLost();
    }

    private static List<String> texts(JsonNode line) {
        var target = line.get("target").asText();
        var body = line.path("body").asText();
        return List.of(
                Percent.decode(target, true),
                Percent.decode(target.substring(target.indexOf('=') + 1), true),
                Percent.decode(body, true),
                Percent.decode(body.substring(body.indexOf('=') + 1), true));
    }

    /** Every sign is the only one that some finding hangs on. */
    @Test
    void aSignThatIsOverlookedIsFoundOut() throws IOException {
        var missed = new ArrayList<Integer>();
        var texts = corpus();
        texts.add("a\" onfocus=b");
        for (var bit = 0; bit < 23; bit++) {
            var sign = 1L << bit;
            lost.clear();
            texts.forEach(text -> ask(text, signs -> sign == Signs.BLANK ? signs | sign : signs & ~sign));
            if (lost.isEmpty()) {
                missed.add(bit);
            }
        }
        assertThat(missed).isEmpty();
    }

    /** The signs of lines as they are seen in the whole, of those that are read no second time. */
    private void askLines(String text, LongUnaryOperator seen) {
        var whole = Sample.of(Place.JSON_VALUE, "q", text);
        var lines = Lines.of(whole.text());
        for (var i = 0; i < lines.count(); i++) {
            var line = lines.sample(Place.JSON_VALUE, "q", i);
            var alone = Sample.of(Place.JSON_VALUE, "q", line.text().toString());
            var given = seen.applyAsLong(line.signs());
            var blank = (given & Signs.BLANK) == (alone.signs() & Signs.BLANK);
            if ((alone.signs() & ~given) != 0 || !blank || line.traits() != alone.traits()) {
                lost.add(text);
            }
        }
    }

    private String lines(List<String> pieces) {
        var ends = List.of("\n", "\n", "\r\n", "\r", "\n\n", " \n", "\n  ", "\n\t");
        var text = new StringBuilder();
        for (var i = 0; i < 5; i++) {
            text.append(piece(pieces)).append(ends.get(random.nextInt(ends.size())));
        }
        return text.toString();
    }

    @Test
    void linesHaveAllSignsThatTheyHaveAlone() throws IOException {
        var pieces = new ArrayList<>(corpus());
        pieces.addAll(LinearTimeTest.pumped());
        for (var i = 0; i < SPLICES; i++) {
            askLines(lines(pieces), signs -> signs);
        }
        assertNothingIsLost();
    }

    @Test
    void aSignOfALineThatIsOverlookedIsFoundOut() throws IOException {
        var pieces = corpus();
        for (var i = 0; i < 1_000; i++) {
            askLines(lines(pieces), signs -> signs & ~Signs.ADDRESS);
        }
        assertThat(lost).isNotEmpty();
    }

    /** What counts of what a detector finds in a line that it is told not to look at. */
    private void askCounting(String line, boolean looks) {
        var sample = Sample.of(Place.JSON_VALUE, "q", line);
        for (var detector : Detectors.ALL) {
            var attracted = (detector.attractors(Place.JSON_VALUE) & sample.traits()) != 0;
            var may = looks && detector.mayFindInLine(sample);
            if (attracted && !(may && detector.countsInLine() && detector.countsInCode())) {
                var found = detector.look(sample);
                var some = found.isStrong() || found.isCertain();
                var inLine = some && !(may && detector.countsInLine()) && counts(detector.inLine(sample, found));
                var inCode = some && !(may && detector.countsInCode()) && counts(detector.inCode(sample, found));
                if (inLine || inCode) {
                    lost.add(detector.id() + ": " + line);
                }
            }
        }
    }

    private static boolean counts(Finding finding) {
        return finding.suspicion() != Suspicion.NONE;
    }

    @Test
    void detectorsLookAtEveryLineInWhichTheyFindWhatCounts() throws IOException {
        var pieces = corpus();
        pieces.addAll(LinearTimeTest.pumped());
        for (var i = 0; i < SPLICES / 2; i++) {
            askCounting((piece(pieces) + piece(pieces)).replace('\n', ' ').replace('\r', ' '), true);
        }
        assertNothingIsLost();
    }

    @Test
    void aLineThatIsNotLookedAtIsFoundOut() throws IOException {
        for (var text : corpus()) {
            askCounting(text.replace('\n', ' '), false);
        }
        assertThat(lost).hasSizeGreaterThan(100);
    }

    @Test
    void phrasesAreFoundByTheirFirstTwoCharacters() {
        var phrases = Phrases.of("-", "ab", "--x=", "'q");

        assertThat(phrases.begin(new Text("-7"), 0)).isTrue();
        assertThat(phrases.begin(new Text("xAB"), 1)).isTrue();
        assertThat(phrases.begin(new Text("'Q"), 0)).isTrue();
        assertThat(phrases.begin(new Text("ac"), 0)).isFalse();
        assertThat(phrases.begin(new Text("a"), 0)).isFalse();
    }

    /** Programs are full of their own members: only what stands behind a joint is one of a store's script. */
    @ParameterizedTest
    @ValueSource(strings = {"this.a = b;", "return this.a;", "f(this.a || b)", "a = b\nthis.c()"})
    void aMemberOfAnObjectIsNoneOfAStore(String text) {
        assertThat(Signs.of(new Text(text)) & Signs.NOSQL).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1'||this.a", "1 && this.a", "1||( this.a", "'||\nthis.a", "db.a", "redis.call"})
    void aMemberBehindAJointIsOneOfAStore(String text) {
        assertThat(Signs.of(new Text(text)) & Signs.NOSQL).isNotZero();
    }
}
