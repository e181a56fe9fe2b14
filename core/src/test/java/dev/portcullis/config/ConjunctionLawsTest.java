package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.ISSUERS;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.keyed;
import static dev.portcullis.config.Gates.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Word.Level;
import dev.portcullis.config.Word.Written;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Words that meet are conjoined, and observed ones change nothing: held over words that are drawn by chance. */
class ConjunctionLawsTest {

    private static final int ROUNDS = 400;
    private static final PolicyFile BASE = Gates.file(CLIENTS + ISSUERS);
    private static final List<RecordedWire> REQUESTS = List.of(
            get("/h").from("127.0.0.1"),
            get("/h").from("192.0.2.1"),
            keyed(get("/h")).from("127.0.0.2"),
            keyed(get("/h")).from("192.0.2.2"),
            keyed(get("/h?q=1%27%20or%20%271%27=%271")).from("127.0.0.3"),
            keyed(json("/h", "{\"id\":1}")).from("127.0.0.4"),
            keyed(json("/h", "[\"" + "x".repeat(50) + "\"]")).from("127.0.0.5"),
            json("/h", "{}").from("192.0.2.3"));

    private final SplittableRandom random = Seeds.random(ConjunctionLawsTest.class);

    @Test
    void oneWordMoreLetsNobodyThroughWhoWasStopped() {
        var stopped = 0;
        for (var i = 0; i < ROUNDS; i++) {
            var words = words();
            var fewer = new ArrayList<>(words);
            fewer.remove(random.nextInt(fewer.size()));
            stopped += compareStops(fewer, words);
        }
        assertThat(stopped).as("requests that a word stopped").isGreaterThan(ROUNDS / 2);
    }

    private static int compareStops(List<Word> fewer, List<Word> more) {
        var before = outcomes(fewer);
        var after = outcomes(more);
        var stopped = 0;
        for (var i = 0; i < Math.min(before.size(), after.size()); i++) {
            if (!before.get(i).equals("proceed")) {
                assertThat(after.get(i)).as("%s, then %s", fewer, more).isNotEqualTo("proceed");
                stopped++;
            }
        }
        return stopped;
    }

    @Test
    void observedWordsChangeNoOutcome() {
        var compared = 0;
        for (var i = 0; i < ROUNDS; i++) {
            var words = words();
            var enforced = words.stream()
                    .filter(word -> !"observe".equals(((Written) word).policy().mode()))
                    .toList();
            var with = outcomes(words);
            var without = outcomes(enforced);
            if (enforced.size() < words.size() && !with.isEmpty() && !without.isEmpty()) {
                assertThat(with).as("%s", words).isEqualTo(without);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(ROUNDS / 10);
    }

    /** What becomes of each request; empty when these words cannot be joined. */
    private static List<String> outcomes(List<Word> words) {
        var endpoint = new Endpoint("h", List.of("/h"), Set.of(), words);
        var file = words.isEmpty() ? Gates.file("otherwise: proceed") : BASE;
        try (var gate = Gate.builder(file).handlers(List.of(endpoint)).build()) {
            return REQUESTS.stream()
                    .map(request -> Gates.outcome(gate, to(request, "h")))
                    .toList();
        } catch (ConfigurationException e) {
            return List.of();
        }
    }

    private List<Word> words() {
        var words = new ArrayList<Word>();
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            words.add(new Written(Level.METHOD, "w" + i, policy()));
        }
        return words;
    }

    private Policy policy() {
        var policy = Policy.builder().mode(oneOf("enforce", "enforce", "observe"));
        switch (random.nextInt(9)) {
            case 0 -> policy.ip(Ip.of(List.of(oneOf("192.0.2.0/24", "127.0.0.0/8")), null));
            case 1 -> policy.authenticate(List.of("api-key"));
            case 2 ->
                policy.authenticate(List.of("jwt", "api-key"))
                        .authorize(Authorize.builder()
                                .scopes(List.of(oneOf("read", "write")))
                                .build());
            case 3, 6, 7 -> policy.body(Content.of(oneOf("5B", "1KB"), null));
            case 4 -> policy.body(Content.of(null, "{\"type\":\"object\"}"));
            case 5 -> policy.attacks(Detection.of(null, null));
            default -> policy.rateLimits(Map.of("l", Rate.of("1", "1m", "address", null)));
        }
        return policy.build();
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
