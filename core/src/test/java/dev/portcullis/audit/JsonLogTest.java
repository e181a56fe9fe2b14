package dev.portcullis.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Engine;
import dev.portcullis.Header;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Route;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class JsonLogTest {

    private static final String CANARY = "c4n4ry-s3cr3t";
    private static final Principal ALICE = new Principal(
            "alice",
            Principal.Kind.USER,
            "main",
            "web",
            "shop",
            "gold",
            Set.of("read"),
            Set.of(),
            Map.of("secret", CANARY),
            "jwt");

    private final List<String> lines = new ArrayList<>();
    private final List<Boolean> denials = new ArrayList<>();
    private final JsonLog log = JsonLog.to(
            (line, denied) -> {
                lines.add(line);
                denials.add(denied);
            },
            HandClock.at("2026-01-02T03:04:05Z"));

    private JsonNode logged(RecordedWire wire, int status, Rule... rules) throws Exception {
        var engine = Engine.of(PolicySet.builder().first(rules).digest("d1").otherwiseProceed(), log);
        var view = wire.view();
        var outcome = engine.evaluate(view);
        outcome.watch().ended(view, Ending.ANSWERED, status);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).doesNotContain("\n", "\r");
        return JsonMapper.builder().build().readTree(lines.get(0));
    }

    private static Check denying(String reason, String detail, String... matched) {
        var deny = Verdict.deny(Reply.problem(403, "some-code"), new Evidence(reason, List.of(matched), detail));
        return request -> deny;
    }

    @Test
    void saysWhoAskedForWhatAndWhatBecameOfIt() throws Exception {
        var wire = RecordedWire.of("GET", "/orders/7?token=" + CANARY)
                .from("192.0.2.1")
                .to(new Route("Orders.get", "/orders/{id}", Map.of()));
        var line = logged(wire, 200, Rule.enforce("who", request -> Verdict.Pass.identifying(ALICE)));
        assertThat(line.path("time").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(line.path("requestId").asText()).isNotEmpty();
        assertThat(line.path("ip").asText()).isEqualTo("192.0.2.1");
        assertThat(line.path("peer").asText()).isEqualTo("192.0.2.1");
        assertThat(line.path("user").asText()).isEqualTo("alice");
        assertThat(line.path("client").asText()).isEqualTo("web");
        assertThat(line.path("tenant").asText()).isEqualTo("shop");
        assertThat(line.path("method").asText()).isEqualTo("GET");
        assertThat(line.path("path").asText()).isEqualTo("/orders/7");
        assertThat(line.path("route").asText()).isEqualTo("/orders/{id}");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("ending").asText()).isEqualTo("answered");
        assertThat(line.path("decision").asText()).isEqualTo("proceed");
        assertThat(line.path("policy").asText()).isEqualTo("d1");
        assertThat(denials).containsExactly(false);
    }

    @Test
    void saysHowLongItTook() throws Exception {
        var line = logged(RecordedWire.of("GET", "/"), 200, Rule.enforce("slow", request -> {
            var end = System.nanoTime() + 5_000_000;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000); // it may come back at once
            }
            return Verdict.pass();
        }));
        assertThat(line.path("millis").decimalValue()).isBetween(new BigDecimal("1"), new BigDecimal("60000"));
    }

    private void end(JsonLog listener, RecordedWire wire, Ending ending, Rule... rules) {
        var engine = Engine.of(PolicySet.builder().first(rules).digest("d1").otherwiseProceed(), listener);
        var view = wire.view();
        engine.evaluate(view).watch().ended(view, ending, 200);
    }

    @Test
    void leavesOutNothingButExchangesOfWhichNobodyHasAnythingToSay() {
        var sampled = log.oneIn(() -> 10);
        Check broken = request -> {
            throw new IllegalStateException("planted");
        };
        for (var i = 0; i < 100; i++) {
            end(sampled, RecordedWire.of("GET", "/quiet"), Ending.ANSWERED);
            end(sampled, RecordedWire.of("GET", "/aborted"), Ending.ABORTED);
            end(sampled, RecordedWire.of("GET", "/denied"), Ending.ANSWERED, Rule.enforce("a", denying("r", "")));
            end(sampled, RecordedWire.of("GET", "/observed"), Ending.ANSWERED, Rule.observe("b", denying("r", "")));
            end(sampled, RecordedWire.of("GET", "/broken"), Ending.ANSWERED, Rule.observe("c", broken));
        }
        assertThat(lines.stream().filter(line -> line.contains("/quiet"))).hasSize(10);
        for (var told : List.of("/aborted", "/denied", "/observed", "/broken")) {
            assertThat(lines.stream().filter(line -> line.contains(told))).hasSize(100);
        }
    }

    @Test
    void writesNoLineForAForwardOfWhichNobodyHasAnythingToSay() {
        var forward = RecordedWire.of("GET", "/page").on(Dispatch.FORWARD);
        end(log, forward, Ending.ANSWERED);
        assertThat(lines).isEmpty();
        end(log, forward, Ending.ANSWERED, Rule.enforce("a", denying("r", "")).alsoOn(Dispatch.FORWARD));
        assertThat(lines).singleElement().asString().contains("\"dispatch\":\"forward\"", "\"deny\"");
    }

    @Test
    void saysWhyARequestWasDenied() throws Exception {
        var line = logged(
                RecordedWire.of("GET", "/"), 403, Rule.enforce("guard", denying("some-reason", "", "detector-1")));
        assertThat(line.path("decision").asText()).isEqualTo("deny");
        assertThat(line.path("code").asText()).isEqualTo("some-code");
        assertThat(line.path("rule").asText()).isEqualTo("guard");
        assertThat(line.path("reason").asText()).isEqualTo("some-reason");
        assertThat(line.path("matched").path(0).asText()).isEqualTo("detector-1");
        assertThat(denials).containsExactly(true);
    }

    @Test
    void saysWhatObservedRulesWouldHaveDenied() throws Exception {
        var line = logged(
                RecordedWire.of("GET", "/"),
                200,
                Rule.observe("one", denying("r1", "")),
                Rule.observe("two", denying("r2", "", "d2")));
        assertThat(line.path("decision").asText()).isEqualTo("proceed");
        assertThat(line.path("wouldHaveDenied").findValuesAsText("rule")).containsExactly("one", "two");
        assertThat(line.path("wouldHaveDenied").path(1).path("matched").path(0).asText())
                .isEqualTo("d2");
        assertThat(denials).containsExactly(false);
    }

    @Test
    void saysWhichRuleCouldNotTellAndNotWhatItSaid() throws Exception {
        Check broken = request -> {
            throw new IllegalStateException("token " + CANARY);
        };
        var line = logged(RecordedWire.of("GET", "/"), 503, Rule.enforce("broken", broken));
        assertThat(line.path("couldNotTell").path("broken").asText())
                .startsWith("IllegalStateException at dev.portcullis.audit.JsonLogTest.");
        assertThat(line.path("rule").asText()).isEqualTo("broken");
        assertThat(lines.get(0)).doesNotContain(CANARY);
    }

    @Test
    void namesTheTraceThatIsWellFormed() throws Exception {
        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var traced = RecordedWire.of("GET", "/").with("traceparent", parent);
        var line = logged(traced, 200);
        assertThat(line.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.path("traceFrom").asText()).isEqualTo("caller");
        lines.clear();
        assertThat(logged(traced.with("traceparent", parent), 200).has("traceId"))
                .isFalse();
        lines.clear();
        var forged = RecordedWire.of("GET", "/").with("traceparent", parent.replace('a', '"'));
        line = logged(forged, 200);
        assertThat(line.has("traceId")).isFalse();
        assertThat(line.has("traceFrom")).isFalse();
    }

    @Test
    void saysThatAnAnswerIsNoDenial() throws Exception {
        Check preflight = request -> new Verdict.Answer(Reply.answer(204, List.of()));
        var line = logged(RecordedWire.of("OPTIONS", "/"), 204, Rule.enforce("cors", preflight));
        assertThat(line.path("decision").asText()).isEqualTo("answer");
        assertThat(denials).containsExactly(false);
    }

    @Test
    void repeatsNoSecretFromAnywhere() throws Exception {
        var wire = RecordedWire.of(
                        "POST", "/reset/" + "a".repeat(30) + CANARY + ";jsessionid=" + CANARY + "?q=" + CANARY)
                .with("Authorization", "Bearer " + CANARY)
                .with("Cookie", "session=" + CANARY)
                .with("X-Api-Key", CANARY)
                .with("User-Agent", CANARY)
                .body("{\"password\":\"" + CANARY + "\"}");
        logged(
                wire,
                403,
                Rule.enforce("who", request -> Verdict.Pass.identifying(ALICE)),
                Rule.enforce("adds", request -> Verdict.Pass.adding(List.of(new Header("X-Token", CANARY)))),
                Rule.observe("observes", denying("r", CANARY)),
                Rule.enforce("denies", denying("r", CANARY)));
        assertThat(lines.get(0)).doesNotContain(CANARY);
    }

    @Test
    void writesOneLineWhateverIsSent() throws Exception {
        var wire = RecordedWire.of(
                "GET\r\n{\"fake\":1}", "/a\r\nb\u2028\u0000\u001b[31m\"}{\"x\":\"" + "y".repeat(100_000));
        var line = logged(wire, 400, Rule.enforce("guard", denying("r\n\u2028", "", "m\n")));
        assertThat(lines.get(0)).hasSizeLessThan(3000).matches("[\\x20-\\x7e]*");
        assertThat(line.path("fake").isMissingNode()).isTrue();
    }

    @Test
    void staysSmallHoweverManyRulesSpeak() throws Exception {
        var rules = new ArrayList<Rule>();
        var matched = Collections.nCopies(500, "m".repeat(1000)).toArray(String[]::new);
        for (var i = 0; i < 200; i++) {
            rules.add(Rule.observe("rule-" + i, denying("r", "", matched)));
        }
        var line = logged(RecordedWire.of("GET", "/"), 200, rules.toArray(Rule[]::new));
        assertThat(line.path("wouldHaveDenied")).hasSize(20);
        assertThat(line.path("wouldHaveDenied").path(0).path("matched")).hasSize(20);
    }

    @Test
    void keepsRequestsWithTheSameIdApart() throws Exception {
        var engine = Engine.of(
                PolicySet.builder()
                        .first(Rule.enforce(
                                "guard",
                                request -> request.path().equals("/bad")
                                        ? Verdict.deny(Reply.problem(403, "c"), Evidence.of("r"))
                                        : Verdict.pass()))
                        .otherwiseProceed(),
                log);
        var bad = RecordedWire.of("GET", "/bad")
                .with("X-Request-Id", "same-id-0001")
                .view();
        var good = RecordedWire.of("GET", "/good")
                .with("X-Request-Id", "same-id-0001")
                .view();
        var denied = engine.evaluate(bad);
        engine.evaluate(good).watch().ended(good, Ending.ANSWERED, 200);
        denied.watch().ended(bad, Ending.ANSWERED, 403);
        assertThat(denials).containsExactly(false, true);
    }
}
