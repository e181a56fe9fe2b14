package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.fixture.Corpus;
import dev.portcullis.fixture.CorpusAnswer;
import dev.portcullis.fixture.CorpusCase;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.ParsedRequest;
import dev.portcullis.http.Problem;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of raw requests at the first of its three doors: the engine itself. */
class CorpusTest {

    private static IdentityProvider provider;
    private static Gate gate;

    @BeforeAll
    static void open() {
        provider = IdentityProvider.start(Clock.systemUTC());
        gate = Gate.builder(PolicyFile.parse("corpus.yml", Corpus.policy(provider.issuer()), name -> null))
                .build();
    }

    @AfterAll
    static void close() {
        gate.close();
        provider.close();
    }

    static Stream<CorpusCase> cases() {
        return Corpus.all().cases().stream()
                .filter(each -> each.parsed(name -> "token").isPresent());
    }

    @Test
    void holdsEnoughCases() {
        assertThat(cases()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesAsExpected(CorpusCase each) {
        var request = each.parsed(provider).orElseThrow();
        var answer = CorpusAnswer.proceeded(List.of());
        for (var turn = 0; turn < each.times(); turn++) {
            answer = answer(request, each.peer());
        }
        assertThat(each.objections(answer)).as("%s", answer).isEmpty();
    }

    @Test
    void findsOutAGateThatLetsEverythingThrough() {
        var open = CorpusAnswer.proceeded(List.of());

        assertThat(cases().filter(each -> !each.objections(open).isEmpty())).hasSizeGreaterThan(50);
    }

    private static CorpusAnswer answer(ParsedRequest request, String peer) {
        var wire =
                RecordedWire.of(request.method(), request.target()).from(peer).body(request.body());
        for (var header : request.headers()) {
            wire = wire.with(header.getKey(), header.getValue());
        }
        var view = gate.view(wire);
        var outcome = gate.engine().evaluate(view);
        if (outcome instanceof Outcome.Stop stop) {
            var headers = new ArrayList<>(stop.headers());
            headers.addAll(stop.reply().headers());
            var code = stop.reply().code();
            var body =
                    code.isEmpty() ? "" : new String(Problem.render(stop.reply(), view.id()), StandardCharsets.UTF_8);
            if (!code.isEmpty()) {
                headers.add(new Header("Content-Type", Problem.MEDIA_TYPE));
            }
            return new CorpusAnswer(stop.reply().status(), code, lines(headers), body);
        }
        return CorpusAnswer.proceeded(lines(outcome.headers()));
    }

    private static List<Map.Entry<String, String>> lines(List<Header> headers) {
        return headers.stream()
                .map(header -> Map.entry(header.name(), header.value()))
                .toList();
    }
}
