package dev.portcullis.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The laws of patterns, held against a naive reader of them over all small patterns and paths, and over random larger ones.
 *
 * <p>Each law is also held against a faulty implementation, which it must find out.
 */
class PathPatternLawsTest {

    private static final List<PathPattern> PATTERNS = patterns();
    private static final List<String> PATHS = paths();
    private static final List<BitSet> COVERED =
            PATTERNS.stream().map(PathPatternLawsTest::covered).toList();
    private static final int RANDOM_PAIRS = 20_000;

    /** All patterns of at most three segments out of two words and a wildcard, as they are, with a slash, and open. */
    private static List<PathPattern> patterns() {
        var patterns = new ArrayList<>(List.of(PathPattern.parse("/"), PathPattern.parse("/**")));
        for (var stem : sequences(List.of("a", "b", "*"), 3)) {
            List.of(stem, stem + "/", stem + "/**").forEach(text -> patterns.add(PathPattern.parse(text)));
        }
        assertThat(patterns).hasSize(2 + 3 * (3 + 9 + 27));
        return patterns;
    }

    /** All paths of at most four segments out of the words of the patterns, another word, and nothing. */
    private static List<String> paths() {
        var paths = sequences(List.of("a", "b", "c", ""), 4);
        assertThat(paths).hasSize(4 + 16 + 64 + 256);
        return paths;
    }

    private static List<String> sequences(List<String> segments, int longest) {
        var all = new ArrayList<String>();
        var last = List.of("");
        for (var length = 1; length <= longest; length++) {
            last = last.stream()
                    .flatMap(begun -> segments.stream().map(segment -> begun + "/" + segment))
                    .toList();
            all.addAll(last);
        }
        return all;
    }

    private static BitSet covered(PathPattern pattern) {
        var covered = new BitSet();
        IntStream.range(0, PATHS.size())
                .filter(i -> naivelyCovers(pattern.toString(), PATHS.get(i)))
                .forEach(covered::set);
        return covered;
    }

    private static boolean naivelyCovers(String pattern, String path) {
        return naivelyCovers(List.of(pattern.split("/", -1)), List.of(path.split("/", -1)));
    }

    private static boolean naivelyCovers(List<String> pattern, List<String> path) {
        if (pattern.isEmpty() || pattern.get(0).equals("**")) {
            return !pattern.isEmpty() || path.isEmpty();
        }
        if (path.isEmpty()) {
            return false;
        }
        var wildcard = pattern.get(0).equals("*") || pattern.get(0).startsWith("{");
        var fits = wildcard ? !path.get(0).isEmpty() : pattern.get(0).equals(path.get(0));
        return fits && naivelyCovers(pattern.subList(1, pattern.size()), path.subList(1, path.size()));
    }

    @Test
    void patternsCoverWhatTheNaiveReaderSays() {
        coverAlike(PathPattern::matches);
    }

    @Test
    void aWildcardThatTakesNothingIsFoundOut() {
        assertThatThrownBy(() -> coverAlike((pattern, path) ->
                        pattern.matches(path) || (path.endsWith("/") && pattern.matches(path + "a"))))
                .isInstanceOf(AssertionError.class);
    }

    private static void coverAlike(BiPredicate<PathPattern, String> matches) {
        for (var p = 0; p < PATTERNS.size(); p++) {
            for (var i = 0; i < PATHS.size(); i++) {
                assertThat(matches.test(PATTERNS.get(p), PATHS.get(i)))
                        .as("%s and %s", PATTERNS.get(p), PATHS.get(i))
                        .isEqualTo(COVERED.get(p).get(i));
            }
        }
    }

    @Test
    void patternsOverlapWhereTheyShareAPath() {
        overlapAlike(PathPattern::overlaps);
    }

    @Test
    void anOverlapThatIgnoresOpenPatternsIsFoundOut() {
        assertThatThrownBy(() -> overlapAlike(
                        (one, other) -> one.overlaps(other) && !one.toString().endsWith("/**")))
                .isInstanceOf(AssertionError.class);
    }

    private static void overlapAlike(BiPredicate<PathPattern, PathPattern> overlaps) {
        forPairs((p, q) -> assertThat(overlaps.test(PATTERNS.get(p), PATTERNS.get(q)))
                .as("%s and %s", PATTERNS.get(p), PATTERNS.get(q))
                .isEqualTo(COVERED.get(p).intersects(COVERED.get(q))));
    }

    @Test
    void patternsIncludeThoseOfWhichTheyCoverEveryPath() {
        forPairs((p, q) -> assertThat(PATTERNS.get(p).includes(PATTERNS.get(q)))
                .as("%s and %s", PATTERNS.get(p), PATTERNS.get(q))
                .isEqualTo(contains(COVERED.get(p), COVERED.get(q))));
    }

    private static boolean contains(BitSet all, BitSet some) {
        var rest = (BitSet) some.clone();
        rest.andNot(all);
        return rest.isEmpty();
    }

    @Test
    void theIncludedPatternComesFirst() {
        includedComesFirst(Comparator.naturalOrder());
    }

    @Test
    void anOrderThatCountsWildcardsAloneIsFoundOut() {
        Comparator<PathPattern> counting =
                Comparator.comparing(pattern -> pattern.toString().split("\\*", -1).length);

        assertThatThrownBy(() -> includedComesFirst(counting)).isInstanceOf(AssertionError.class);
    }

    private static void includedComesFirst(Comparator<PathPattern> order) {
        forPairs((p, q) -> {
            if (!COVERED.get(p).equals(COVERED.get(q)) && contains(COVERED.get(q), COVERED.get(p))) {
                assertThat(order.compare(PATTERNS.get(p), PATTERNS.get(q)))
                        .as("%s and %s", PATTERNS.get(p), PATTERNS.get(q))
                        .isNegative();
            }
        });
    }

    @Test
    void theOrderIsAStrictWeakOne() {
        isStrictWeakOrder(Comparator.naturalOrder());
    }

    @Test
    void anOrderInWhichOnlyInclusionCountsIsFoundOut() {
        assertThatThrownBy(() ->
                        isStrictWeakOrder((one, other) -> Boolean.compare(one.includes(other), other.includes(one))))
                .isInstanceOf(AssertionError.class);
    }

    /** Signs are opposite, and what compares as less or equal to a second compares so to all that the second does. */
    private static void isStrictWeakOrder(Comparator<PathPattern> order) {
        var noGreater = PATTERNS.stream().map(p -> noGreaterThan(order, p)).toList();
        forPairs((p, q) -> {
            var sign = Integer.signum(order.compare(PATTERNS.get(p), PATTERNS.get(q)));
            assertThat(Integer.signum(order.compare(PATTERNS.get(q), PATTERNS.get(p))))
                    .isEqualTo(-sign);
            if (sign <= 0) {
                assertThat(contains(noGreater.get(q), noGreater.get(p)))
                        .as("%s and %s", PATTERNS.get(p), PATTERNS.get(q))
                        .isTrue();
            }
        });
    }

    private static BitSet noGreaterThan(Comparator<PathPattern> order, PathPattern pattern) {
        var found = new BitSet();
        IntStream.range(0, PATTERNS.size())
                .filter(i -> order.compare(PATTERNS.get(i), pattern) <= 0)
                .forEach(found::set);
        return found;
    }

    private interface Pair {
        void at(int p, int q);
    }

    private static void forPairs(Pair pair) {
        for (var p = 0; p < PATTERNS.size(); p++) {
            for (var q = 0; q < PATTERNS.size(); q++) {
                pair.at(p, q);
            }
        }
    }

    @Test
    void noPathThatTwoLongPatternsShareIsMissed() {
        var random = Seeds.random(PathPatternLawsTest.class);
        var shared = 0;
        for (var i = 0; i < RANDOM_PAIRS; i++) {
            var one = PathPattern.parse(randomPattern(random));
            var other = PathPattern.parse(randomPattern(random));
            var path = pathFor(one, other, random);
            assertThat(one.matches(path)).as("%s covers %s", one, path).isEqualTo(naivelyCovers(one.toString(), path));
            if (one.matches(path) && other.matches(path)) {
                shared++;
                assertThat(one.overlaps(other))
                        .as("%s and %s share %s", one, other, path)
                        .isTrue();
                assertThat(other.overlaps(one)).isTrue();
            }
        }
        assertThat(shared).isGreaterThan(RANDOM_PAIRS / 100);
    }

    private static String randomPattern(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = 0, length = random.nextInt(9); i < length; i++) {
            text.append('/').append(List.of("a", "b", "*", "{v" + i + "}").get(random.nextInt(4)));
        }
        return text.append(List.of("/", "/**", text.isEmpty() ? "/" : "").get(random.nextInt(3)))
                .toString();
    }

    /** A path that the one covers, with the words of the other where the one leaves a choice. */
    private static String pathFor(PathPattern one, PathPattern other, SplittableRandom random) {
        var segments = one.toString().substring(1).split("/", -1);
        var others = other.toString().substring(1).split("/", -1);
        var path = new StringBuilder();
        for (var i = 0; i < Math.max(segments.length, others.length); i++) {
            var segment = i < segments.length && !segments[i].equals("**")
                    ? segments[i]
                    : others[Math.min(i, others.length - 1)];
            var free = segment.startsWith("*") || segment.startsWith("{");
            var choice = i < others.length && others[i].length() == 1 ? others[i] : "c";
            path.append('/').append(free ? choice.replace('*', 'c') : segment);
            if (i >= segments.length - 1 && random.nextInt(3) == 0) {
                break;
            }
        }
        return path.toString();
    }
}
