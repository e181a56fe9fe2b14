package dev.portcullis.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.WrittenHead;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of CORS headers that the application sets by itself. */
class LastCorsWordTest {

    private static final String APP = "https://app.example.com";

    private final List<String> told = new ArrayList<>();

    private WrittenHead head(Cors cors, String origin, Header... set) {
        var listener = new Listener() {
            @Override
            public void noticed(Request request, String rule, Verdict.Evidence evidence) {
                told.add(rule + " " + evidence.reason() + " " + evidence.detail());
            }
        };
        var engine = Engine.of(
                PolicySet.builder()
                        .first(Rule.enforce("cors", cors.headers()), Rule.enforce("preflight", cors.preflight()))
                        .otherwiseProceed(),
                listener);
        var request = RecordedWire.of("GET", "/")
                .with("Host", "api.example.com")
                .with("Origin", origin)
                .view();
        var outcome = engine.evaluate(request);
        var lines = new ArrayList<>(outcome.headers());
        lines.addAll(List.of(set));
        var head = WrittenHead.ofApplication(200, lines);
        outcome.watch().sending(request, head);
        return head;
    }

    private static Cors.Builder cors() {
        return Cors.builder().origins(List.of(APP));
    }

    @Test
    void sendsEachHeaderOnceWhateverTheApplicationAdds() {
        var head = head(
                cors().credentials(true).build(),
                APP,
                new Header("Access-Control-Allow-Origin", APP),
                new Header("access-control-allow-origin", "*"),
                new Header("Access-Control-Allow-Credentials", "true"),
                new Header("Access-Control-Expose-Headers", "X-Secret"),
                new Header("Vary", "Accept-Encoding, origin"),
                new Header("Vary", "Origin"));

        assertThat(head.lines())
                .containsExactlyInAnyOrder(
                        new Header("Access-Control-Allow-Origin", APP),
                        new Header("Access-Control-Allow-Credentials", "true"),
                        new Header("Vary", "Origin, Accept-Encoding"));
    }

    @Test
    void takesAwayWhatTheApplicationAllowsAnOriginThatThePolicyDoesNot() {
        var head = head(
                cors().build(),
                "https://evil.example",
                new Header("Access-Control-Allow-Origin", "https://evil.example"),
                new Header("Access-Control-Allow-Credentials", "true"));

        assertThat(head.lines()).containsExactly(new Header("Vary", "Origin"));
        assertThat(told).containsExactly("cors cors-origin https://evil.example");
    }

    @Test
    void tellsNothingOfPagesOfTheHostItself() {
        head(cors().build(), "http://api.example.com");

        assertThat(told).isEmpty();
    }

    @Test
    void leavesAVaryByEverything() {
        assertThat(head(cors().build(), APP, new Header("Vary", "*")).headers("Vary"))
                .containsExactly("*");
    }

    @Test
    void letsAnybodyReadWhatThePolicyLetsAnybodyRead() {
        var head = head(
                Cors.builder().origins(List.of("*")).build(),
                "https://anywhere.example",
                new Header("Access-Control-Allow-Origin", "https://anywhere.example"));

        assertThat(head.lines()).containsExactly(new Header("Access-Control-Allow-Origin", "*"));
    }

    @Test
    void tellsWhyAPreflightIsAllowedNothing() {
        var engine = Engine.of(
                PolicySet.builder()
                        .first(Rule.enforce("preflight", cors().build().preflight()))
                        .otherwiseProceed(),
                new Listener() {
                    @Override
                    public void noticed(Request request, String rule, Verdict.Evidence evidence) {
                        told.add(rule + " " + evidence.reason() + " " + evidence.detail());
                    }
                });
        var asked = RecordedWire.of("OPTIONS", "/").with("Origin", APP);

        engine.evaluate(asked.with("Access-Control-Request-Method", "GET").view());
        engine.evaluate(asked.with("Access-Control-Request-Method", "DELETE").view());

        assertThat(told).containsExactly("preflight cors-method DELETE");
    }
}
