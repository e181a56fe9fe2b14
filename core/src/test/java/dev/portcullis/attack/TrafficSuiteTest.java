package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much of recorded traffic is denied, attacks and innocent requests apart; it prints a table. */
@Tag("suite")
class TrafficSuiteTest {

    private static final double MOST_BENIGN = 0.3;
    private static final double MOST_MARKDOWN = 1.0;
    private static final double MOST_SEARCHES = 2.0;

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

    private Table run(String set) {
        var table = new Table();
        try (var lines = Suites.lines("traffic/" + set + ".jsonl.gz")) {
            lines.forEach(line -> table.add(line.get("category").asText(), wire(line), checks));
        }
        table.print(set);
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

    /** How many requests of each category there are, and how many each level denies. */
    private static final class Table {

        private final Map<String, int[]> counts = new TreeMap<>();

        void add(String category, RecordedWire wire, Map<Level, Attacks> checks) {
            var count = counts.computeIfAbsent(category, unused -> new int[Level.values().length + 1]);
            count[Level.values().length]++;
            checks.forEach((level, check) -> {
                count[level.ordinal()] += check.check(wire.view()) instanceof Verdict.Deny ? 1 : 0;
            });
        }

        double denied(String category, Level level) {
            var count = counts.get(category);
            assertThat(count).as(category).isNotNull();
            assertThat(count[Level.values().length]).as("rows of " + category).isGreaterThan(10);
            return 100.0 * count[level.ordinal()] / count[Level.values().length];
        }

        void print(String set) {
            for (var category : counts.keySet()) {
                var shares = List.of(Level.values()).stream()
                        .map(level -> String.format(
                                "%s %6.2f %%",
                                level,
                                100.0
                                        * counts.get(category)[level.ordinal()]
                                        / counts.get(category)[Level.values().length]))
                        .toList();
                System.out.printf(
                        "%-18s %-24s %6d rows, denied: %s%n",
                        set, category, counts.get(category)[Level.values().length], shares);
            }
        }
    }
}
