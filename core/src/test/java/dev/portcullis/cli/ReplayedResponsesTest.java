package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Recorded responses are judged like those of a running application. */
class ReplayedResponsesTest {

    private static final String YAML = """
            policies:
              all:
                paths: [/**]
                public: true
                response-body:
                  leaks: { stop: [stack-trace] }
                  masks: { card: { pointers: [/card] } }
            """;

    private static Result judge(String type, String body) throws TrafficLine.Malformed {
        var line =
                "{\"id\":\"1\",\"method\":\"GET\",\"target\":\"/\",\"headers\":[[\"Host\",\"a\"]],\"response\":{\"status\":200,"
                        + "\"headers\":[[\"Content-Type\",\"" + type + "\"]],\"body\":\"" + body + "\"}}";
        var file = PolicyFile.parse("p.yml", YAML, name -> null);
        try (var session = Session.of(file, Resources.in(Path.of(""), ReplayedResponsesTest.class.getClassLoader()))) {
            return session.judge(TrafficLine.parse(line));
        }
    }

    @Test
    void tellsWhatLeaks() throws TrafficLine.Malformed {
        var result = judge("application/json", "{\\\"a\\\":\\\"4111 1111 1111 1111\\\"}");

        assertThat(result.stopped()).isFalse();
        assertThat(result.matched()).containsExactly("all.response-leaks", "payment-card");
    }

    @Test
    void stopsWhatMustNotGoOut() throws TrafficLine.Malformed {
        var leak = judge("application/json", "{\\\"a\\\":\\\"\\\\n\\\\tat a.b.C.d(C.java:1)\\\"}");
        var page = judge("text/html", "<p>4111 1111 1111 1111</p>");

        assertThat(leak.stopped()).isTrue();
        assertThat(leak.status()).isEqualTo(502);
        assertThat(leak.code()).isEqualTo("response-denied");
        assertThat(leak.rule()).isEqualTo("all.response-leaks");
        assertThat(leak.matched()).containsExactly("all.response-leaks", "stack-trace");
        assertThat(page.rule()).isEqualTo("all.response-masks");
        assertThat(page.matched()).containsExactly("all.response-leaks", "payment-card", "all.response-masks");
    }
}
