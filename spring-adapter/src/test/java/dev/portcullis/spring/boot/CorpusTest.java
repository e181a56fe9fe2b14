package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Corpus;
import dev.portcullis.fixture.CorpusAnswer;
import dev.portcullis.fixture.CorpusCase;
import dev.portcullis.fixture.IdentityProvider;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The corpus of raw requests at the third of its three doors: a booted application. */
class CorpusTest {

    private static IdentityProvider provider;
    private static Booted application;

    /** Says that it was reached. */
    @RestController
    static class Reached {

        @RequestMapping("/**")
        void any(HttpServletResponse response) {
            response.setHeader(CorpusAnswer.REACHED, "yes");
        }
    }

    @BeforeAll
    static void open() throws IOException {
        provider = IdentityProvider.start(Clock.systemUTC());
        application = Booted.with(Corpus.policy(provider.issuer()), Reached.class);
    }

    @AfterAll
    static void close() {
        application.close();
        provider.close();
    }

    static Stream<CorpusCase> cases() {
        return Corpus.all().casesForSockets().stream();
    }

    @Test
    void holdsEnoughCases() {
        assertThat(cases()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesAsExpected(CorpusCase each) throws IOException {
        var request = each.raw(provider);
        for (var turn = 1; turn < each.times(); turn++) {
            application.http().send(request);
        }
        var answer = CorpusAnswer.of(application.http().send(request));

        assertThat(each.objections(answer, "tomcat")).as("%s", answer).isEmpty();
    }
}
