package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.Corpus;
import dev.portcullis.fixture.CorpusAnswer;
import dev.portcullis.fixture.CorpusCase;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.RawHttp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of raw requests at the second of its three doors: over sockets, to a container. */
class CorpusTest {

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final Map<Container.Kind, RawHttp> SERVERS = new EnumMap<>(Container.Kind.class);
    private static IdentityProvider provider;

    /** Says that it was reached. */
    private static final class Reached extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setHeader(CorpusAnswer.REACHED, "yes");
        }
    }

    @BeforeAll
    static void open() throws Exception {
        provider = IdentityProvider.start(Clock.systemUTC());
        OPEN.add(provider);
        for (var kind : Container.Kind.values()) {
            var gate = Gate.builder(PolicyFile.parse("corpus.yml", Corpus.policy(provider.issuer()), name -> null))
                    .build();
            OPEN.add(gate);
            var container = kind.start(new PortcullisFilter(gate, Routes.UNKNOWN), Map.of("/", new Reached()));
            OPEN.add(container);
            SERVERS.put(kind, RawHttp.to("127.0.0.1", container.port()));
        }
    }

    @AfterAll
    static void close() throws Exception {
        for (var each : OPEN) {
            each.close();
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Container.Kind.values())
                .flatMap(kind -> Corpus.all().casesForSockets().stream().map(each -> Arguments.of(kind, each)));
    }

    @Test
    void holdsEnoughCases() {
        assertThat(cases()).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesAsExpected(Container.Kind kind, CorpusCase each) throws IOException {
        var server = SERVERS.get(kind);
        var request = each.raw(provider);
        for (var turn = 1; turn < each.times(); turn++) {
            server.send(request);
        }
        var answer = CorpusAnswer.of(server.send(request));

        assertThat(each.objections(answer, kind.name().toLowerCase(Locale.ROOT)))
                .as("%s", answer)
                .isEmpty();
    }
}
