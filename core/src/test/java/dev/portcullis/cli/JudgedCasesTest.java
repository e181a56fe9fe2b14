package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers behind proxies, lists of ranges and periods of the calendar, as traffic that is replayed: what is expected was written down first. */
class JudgedCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BAR = Pattern.compile(" \\| ");
    private static final Pattern LINES = Pattern.compile(" // ");
    private static final Pattern RETRY = Pattern.compile("\"Retry-After\",\"(\\d+)\"");

    static Stream<List<String>> callers() throws IOException {
        return rows("callers.txt");
    }

    static Stream<List<String>> ranges() throws IOException {
        return rows("ranges.txt");
    }

    static Stream<List<String>> periods() throws IOException {
        return rows("periods.txt");
    }

    private static Stream<List<String>> rows(String name) throws IOException {
        try (var stream = JudgedCasesTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line ->
                            Arrays.stream(BAR.split(line)).map(String::strip).toList());
        }
    }

    @Test
    void noTableIsEmpty() throws IOException {
        assertThat(callers()).hasSizeGreaterThan(80);
        assertThat(ranges()).hasSizeGreaterThan(45);
        assertThat(periods()).hasSizeGreaterThan(40);
    }

    private static String replayed(String policies, String traffic) throws IOException {
        var file = PolicyFile.parse("p.yml", "portcullis:\n" + policies, name -> null);
        var out = new StringWriter();
        try (var session = Session.of(file, Resources.in(Path.of(""), JudgedCasesTest.class.getClassLoader()))) {
            new Replay(session, new PrintWriter(new StringWriter()))
                    .run(Lines.of(new ByteArrayInputStream(traffic.getBytes(StandardCharsets.UTF_8))), out);
        }
        return out.toString();
    }

    private static String line(String remote, String more) {
        return "{\"id\":\"1\",\"remote\":\"" + remote
                + "\",\"method\":\"GET\",\"target\":\"/\",\"headers\":[[\"Host\",\"h\"]" + more + "}\n";
    }

    private static String only(String range) {
        return "  policies: { a: { paths: [/**], public: true, ip: { allow: ['" + range.replace("\"", "")
                + "'] } } }\n";
    }

    @ParameterizedTest
    @MethodSource("callers")
    void findsTheCaller(List<String> row) throws IOException {
        var headers = new StringBuilder();
        for (var value : LINES.split(row.get(1))) {
            headers.append(",[\"")
                    .append(row.get(0))
                    .append("\",")
                    .append(quoted(value))
                    .append(']');
        }
        var forwarded = "  forwarded: { trusted: [10.0.0.0/8, 'fd00::/8'], address: "
                + row.get(0).toLowerCase(Locale.ROOT) + " }\n";

        assertThat(replayed(forwarded + only(row.get(2)), line("10.0.0.1", headers + "]")))
                .contains("\"decision\":\"proceed\"");
        assertThat(replayed(forwarded + only("198.18.0.1"), line("10.0.0.1", headers + "]")))
                .contains("address-denied");
    }

    private static String quoted(String text) throws JsonProcessingException {
        return JSON.writeValueAsString(text);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void coversWhatTheRangeSays(List<String> row) throws IOException {
        var policies = only(row.get(0));
        if (row.get(1).equals("-")) {
            assertThatThrownBy(() -> replayed(policies, line("192.0.2.1", "]")))
                    .hasMessageContaining("policies.a.ip.allow");
            return;
        }
        assertThat(replayed(policies, line(row.get(1), "]"))).contains("\"decision\":\"proceed\"");
        assertThat(replayed(policies, line(row.get(2), "]"))).contains("address-denied");
    }

    @ParameterizedTest
    @MethodSource("periods")
    void periodsEndWhenTheCalendarSays(List<String> row) throws IOException {
        var anchor = row.get(2).equals("-") ? "" : ", anchor: '" + row.get(2) + "'";
        var zone = row.get(0).startsWith("PT") ? "" : ", zone: '" + row.get(1) + "'";
        var policies = "  policies: { a: { paths: [/**], public: true, quotas: { q: { permits: 1, per: " + row.get(0)
                + zone + anchor + ", by: address } } } }\n";
        var moment = Instant.parse(row.get(3));
        var next = Instant.parse(row.get(4));
        var traffic = Stream.of(moment, moment, next.minusSeconds(1), next)
                .map(at -> line("192.0.2.1", "],\"at\":\"" + at + "\""))
                .toList();
        var answers = replayed(policies, String.join("", traffic)).lines().toList();

        assertThat(waits(answers))
                .containsExactly(0L, Duration.between(moment, next).toSeconds(), 1L, 0L);
    }

    /** What each answer says of how long to wait; nothing where the request passes. */
    private static List<Long> waits(List<String> answers) {
        var waits = new ArrayList<Long>();
        for (var answer : answers) {
            var found = RETRY.matcher(answer);
            waits.add(found.find() ? Long.parseLong(found.group(1)) : 0L);
            assertThat(answer.contains("\"decision\":\"proceed\""))
                    .as(answer)
                    .isEqualTo(waits.get(waits.size() - 1) == 0);
        }
        return waits;
    }
}
