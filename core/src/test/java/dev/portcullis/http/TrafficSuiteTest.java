package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Suites;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of the head over the requests of real clients, of which it is to deny none that a container lets through. */
@Tag("suite")
class TrafficSuiteTest {

    /** How many benign requests there are, for each reason why they are denied and for {@code pass}. */
    private static Map<String, Long> benign(String file) {
        try (var lines = Suites.lines("traffic/" + file + ".jsonl.gz")) {
            return lines.filter(line -> line.path("kind").asText().equals("benign"))
                    .collect(Collectors.groupingBy(TrafficSuiteTest::judge, Collectors.counting()));
        }
    }

    private static String judge(JsonNode line) {
        var wire = RecordedWire.of(
                line.path("method").textValue(), line.path("target").textValue());
        for (var header : line.path("headers")) {
            wire = wire.with(header.path(0).textValue(), header.path(1).textValue());
        }
        return Protocol.strict().check(wire.view()) instanceof Verdict.Deny deny
                ? deny.evidence().detail()
                : "pass";
    }

    @ParameterizedTest
    @ValueSource(strings = {"benign-faker", "benign-markdown"})
    void passesWhatPeopleWrite(String file) {
        assertThat(benign(file))
                .containsOnlyKeys("pass")
                .hasEntrySatisfying("pass", count -> assertThat(count).isGreaterThan(1_000));
    }

    @Test
    void passesWhatAPublicSiteIsAskedButForAFewBrokenLinks() {
        var counts = benign("benign-accesslog");

        assertThat(counts.get("pass")).isGreaterThan(1_000);
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum() - counts.get("pass"))
                .isLessThan(counts.get("pass") / 1_000);
    }

    @Test
    void passesAShopThatIsOlderThanUtf8() {
        assertThat(benign("csic2010")).containsOnlyKeys("pass");
    }
}
