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

    private static int[] statuses(String limits, String response, String method, int times)
            throws TrafficLine.Malformed {
        var yaml = "policies: { all: { paths: [/**], public: true, " + limits + " } }";
        var line = "{\"id\":\"1\",\"method\":\"" + method
                + "\",\"target\":\"/\",\"headers\":[[\"Host\",\"a\"]],\"at\":\"2026-01-01T00:00:00Z\",\"response\":"
                + response + "}";
        var file = PolicyFile.parse("p.yml", yaml, name -> null);
        var statuses = new int[times];
        try (var session = Session.of(file, Resources.in(Path.of(""), ReplayedResponsesTest.class.getClassLoader()))) {
            for (var i = 0; i < times; i++) {
                statuses[i] = session.judge(TrafficLine.parse(line)).status();
            }
        }
        return statuses;
    }

    @Test
    void chargesWhatAnAnswerSaysThatItHasCost() throws TrafficLine.Malformed {
        var limit =
                "rate-limits: { a: { permits: 10, per: 1m, by: address, cost: { response-header: X-Cost, most: 6 } } }";

        assertThat(statuses(limit, "{\"status\":200,\"headers\":[[\"x-cost\",\"5\"]]}", "GET", 3))
                .containsExactly(200, 200, 429);
        assertThat(statuses(limit, "{\"status\":200,\"headers\":[[\"X-Cost\",\"99\"]]}", "GET", 3))
                .containsExactly(200, 200, 429);
    }

    @Test
    void chargesTheBytesOfAnAnswer() throws TrafficLine.Malformed {
        var quota = "quotas: { a: { permits: 10B, per: P1D, unit: bytes, by: address } }";
        var answer = "{\"status\":200,\"headers\":[],\"body\":\"\u00e4\u00e4\u00e4\"}";

        assertThat(statuses(quota, answer, "GET", 3)).containsExactly(200, 200, 429);
        assertThat(statuses(quota, answer, "HEAD", 3)).containsExactly(200, 200, 200);
    }
}
