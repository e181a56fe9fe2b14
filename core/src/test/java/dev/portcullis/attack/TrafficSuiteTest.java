package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much of recorded traffic is denied, attacks and innocent requests apart; it prints a table. */
@Tag("suite")
class TrafficSuiteTest {

    private static final double MOST_BENIGN = 0.3;
    private static final double MOST_MARKDOWN = 1.0;
    private static final double MOST_SEARCHES = 2.0;

    /** The ids of requests that attack nothing. */
    private static final Set<String> LEFT_OUT = leftOut();

    private final Map<Level, Attacks> checks = new EnumMap<>(Level.class);

    TrafficSuiteTest() {
        for (var level : Level.values()) {
            checks.put(level, Attacks.builder().level(level).build());
        }
    }

    @Test
    void stopsInjectionInParametersAndKnowsKnownMistakes() {
        var table = run("libinjection");

        assertThat(table.denied("sqli", Level.BALANCED)).isGreaterThan(96);
        assertThat(table.denied("xss", Level.BALANCED)).isGreaterThan(95);
        assertThat(table.denied("sqli", Level.LOW)).isGreaterThan(70);
        assertThat(table.denied("libinjection-fp", Level.BALANCED)).isLessThan(MOST_SEARCHES);
    }

    @Test
    void stopsAttacksByClass() {
        var table = run("payloadbox");

        assertThat(table.denied("sqli", Level.BALANCED)).isGreaterThan(90);
        assertThat(table.denied("xss", Level.BALANCED)).isGreaterThan(95);
        assertThat(table.denied("rce", Level.BALANCED)).isGreaterThan(82);
        assertThat(table.denied("ssti", Level.BALANCED)).isGreaterThan(85);
    }

    @Test
    void stopsAttackStringsOfEveryKind() {
        var table = run("fuzzdb");

        assertThat(table.denied("lfi", Level.BALANCED)).isGreaterThan(94);
        assertThat(table.denied("sqli", Level.BALANCED)).isGreaterThan(80);
        assertThat(table.denied("xss", Level.BALANCED)).isGreaterThan(84);
        assertThat(table.denied("rfi", Level.BALANCED)).isGreaterThan(92);
        assertThat(table.denied("ssi", Level.BALANCED)).isGreaterThan(95);
    }

    @Test
    void passesWhatCustomersOfAShopSend() {
        assertThat(run("csic2010").denied("csic-normal", Level.STRICT)).isLessThan(MOST_BENIGN);
    }

    @Test
    void passesTheRequestsOfAPublicSite() {
        assertThat(run("benign-accesslog").denied("real-access-log", Level.STRICT))
                .isLessThan(MOST_BENIGN);
    }

    @Test
    void passesNamesAddressesAndQuotations() {
        assertThat(run("benign-faker").denied("names-addresses-quotes", Level.STRICT))
                .isLessThan(MOST_BENIGN);
    }

    @Test
    void passesPostsWithMarkupAndCode() {
        var table = run("benign-markdown");

        assertThat(table.denied("markdown-posts", Level.BALANCED)).isLessThan(MOST_MARKDOWN);
        assertThat(table.denied("markdown-posts", Level.LOW)).isLessThan(MOST_BENIGN);
    }

    private static Set<String> leftOut() {
        try (var file = Objects.requireNonNull(TrafficSuiteTest.class.getResourceAsStream("left-out.txt"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Table run(String set) {
        var table = new Table();
        try (var lines = Suites.lines("traffic/" + set + ".jsonl.gz")) {
            lines.forEach(line -> table.add(
                    line.get("category").asText(),
                    LEFT_OUT.contains(line.get("id").asText()),
                    wire(line),
                    checks));
        }
        table.print(set);
        if (Boolean.getBoolean("portcullis.write")) {
            FiguresPage.write(set, table.rows(set));
        }
        return table;
    }

    private static RecordedWire wire(JsonNode line) {
        var wire =
                RecordedWire.of(line.get("method").asText(), line.get("target").asText());
        for (var header : line.get("headers")) {
            wire = wire.with(header.get(0).asText(), header.get(1).asText());
        }
        if (line.has("bodyBase64")) {
            return wire.body(Base64.getDecoder().decode(line.get("bodyBase64").asText()));
        }
        return line.has("body") ? wire.body(line.get("body").asText()) : wire;
    }

    /** How many requests of each category there are, and how many each level denies; the same without what is left out. */
    private static final class Table {

        private final Map<String, int[]> counts = new TreeMap<>();
        private final Map<String, int[]> kept = new TreeMap<>();

        void add(String category, boolean leftOut, RecordedWire wire, Map<Level, Attacks> checks) {
            var count = counts.computeIfAbsent(category, unused -> new int[Level.values().length + 1]);
            var keep = kept.computeIfAbsent(category, unused -> new int[Level.values().length + 1]);
            count[Level.values().length]++;
            keep[Level.values().length] += leftOut ? 0 : 1;
            checks.forEach((level, check) -> {
                var denied = check.check(wire.view()) instanceof Verdict.Deny ? 1 : 0;
                count[level.ordinal()] += denied;
                keep[level.ordinal()] += leftOut ? 0 : denied;
            });
        }

        double denied(String category, Level level) {
            var count = counts.get(category);
            assertThat(count).as(category).isNotNull();
            assertThat(count[Level.values().length]).as("rows of " + category).isGreaterThan(10);
            return share(count, level);
        }

        private static double share(int[] count, Level level) {
            return 100.0 * count[level.ordinal()] / Math.max(1, count[Level.values().length]);
        }

        /** One row of the page for each category. */
        List<String> rows(String set) {
            return counts.keySet().stream()
                    .map(category -> row(set, category, counts.get(category), kept.get(category)))
                    .toList();
        }

        private static String row(String set, String category, int[] all, int[] keep) {
            var cells = Stream.concat(shares(all), Stream.concat(Stream.of("" + (all[3] - keep[3])), shares(keep)));
            return "| " + set + " | " + category + " | " + all[3] + " | " + cells.collect(Collectors.joining(" | "))
                    + " |";
        }

        private static Stream<String> shares(int[] count) {
            return Stream.of(Level.values()).map(level -> String.format(Locale.ROOT, "%.2f", share(count, level)));
        }

        void print(String set) {
            rows(set).forEach(System.out::println);
        }
    }
}
