package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.Request.Dispatch;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rules a request meets. */
class PolicySetTest {

    private static final Check PASS = request -> Verdict.pass();
    private static final Check DENY = request -> Verdict.deny(Reply.problem(403, "denied"), Verdict.Evidence.of("why"));

    private static Request request() {
        return RecordedWire.of("GET", "/orders").view();
    }

    @Test
    void asksTheFirstRouteThatCoversTheRequest() {
        var set = PolicySet.builder()
                .route("orders", request -> request.path().startsWith("/orders"), List.of(Rule.enforce("open", PASS)))
                .route("rest", request -> true, List.of(Rule.enforce("closed", DENY)))
                .otherwiseDeny();
        var engine = Engine.of(set, Listener.NONE);

        assertThat(engine.explain(request()).route()).isEqualTo("orders");
        assertThat(engine.explain(RecordedWire.of("GET", "/other").view()).route())
                .isEqualTo("rest");
    }

    @Test
    void joinsTheRulesOfARouteAndAHandler() {
        var set = PolicySet.builder()
                .route("orders", request -> request.path().equals("/orders"), List.of(Rule.enforce("path", PASS)))
                .handler("Orders#list", List.of(Rule.enforce("handler", PASS)))
                .join("orders", "Orders#list", List.of(Rule.enforce("path", PASS), Rule.enforce("handler", DENY)))
                .otherwiseDeny();
        var engine = Engine.of(set, Listener.NONE);
        var route = new Route("Orders#list", "/orders", Map.of());

        assertThat(engine.explain(RecordedWire.of("GET", "/orders").to(route).view())
                        .outcome())
                .isInstanceOf(Outcome.Stop.class);
        assertThat(engine.explain(RecordedWire.of("GET", "/alias").to(route).view())
                        .outcome())
                .isInstanceOf(Outcome.Proceed.class);
    }

    @Test
    void deniesWith503WhenARouteMeetsAHandlerThatItWasNotJoinedWith() {
        var set = PolicySet.builder()
                .route("orders", request -> true, List.of())
                .handler("Orders#list", List.of())
                .otherwiseProceed();
        var route = new Route("Orders#list", "/orders", Map.of());

        assertStatus(
                Engine.of(set, Listener.NONE)
                        .evaluate(RecordedWire.of("GET", "/").to(route).view()),
                503,
                "could-not-tell");
    }

    @Test
    void refusesToBuildWhenARuleNameIsUsedTwice() {
        var builder = PolicySet.builder().first(Rule.enforce("a", PASS));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.route("r", request -> true, List.of(Rule.enforce("a", PASS))))
                .withMessageContaining("`a` twice in `r`");
    }

    @Test
    void refusesToBuildWhenARouteCanNeverBeReached() {
        PolicySet.Scope all = request -> true;
        var builder = PolicySet.builder().route("first", all, List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.route("second", all, List.of()))
                .withMessageContaining("can never be reached");
    }

    @Test
    void deniesWith503WhenNobodyCanTellWhichRouteCoversTheRequest() {
        var set = PolicySet.builder()
                .route(
                        "odd",
                        request -> {
                            throw new IllegalStateException("odd");
                        },
                        List.of())
                .otherwiseProceed();

        assertStatus(Engine.of(set, Listener.NONE).evaluate(request()), 503, "could-not-tell");
    }

    @Test
    void asksOnLaterTurnsOnlyTheRulesMadeForThem() {
        var set = PolicySet.builder()
                .first(Rule.enforce("limit", DENY), Rule.enforce("login", PASS).alsoOn(Dispatch.FORWARD))
                .route("all", request -> true, List.of())
                .otherwiseDeny();
        var steps = Engine.of(set, Listener.NONE)
                .explain(RecordedWire.of("GET", "/").on(Dispatch.FORWARD).view())
                .steps();

        assertThat(steps).extracting(step -> step.rule().name()).containsExactly("login");
    }

    @Test
    void deniesAForwardToATargetThatNoRouteCovers() {
        var engine = Engine.of(PolicySet.builder().otherwiseDeny(), Listener.NONE);

        assertStatus(
                engine.evaluate(RecordedWire.of("GET", "/").on(Dispatch.FORWARD).view()), 403, "no-policy");
    }

    @Test
    void deniesWhatNoRouteCovers() {
        assertStatus(
                Engine.of(PolicySet.builder().otherwiseDeny(), Listener.NONE).evaluate(request()), 403, "no-policy");
    }

    @Test
    void observesWhatNoRouteCovers() {
        var explanation =
                Engine.of(PolicySet.builder().otherwiseObserve(), Listener.NONE).explain(request());

        assertThat(explanation.outcome()).isInstanceOf(Outcome.Proceed.class);
        assertThat(explanation.steps()).extracting(Explanation.Step::verdict).hasOnlyElementsOfType(Verdict.Deny.class);
    }

    private static void assertStatus(Outcome outcome, int status, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Stop.class, stop -> {
            assertThat(stop.reply().status()).isEqualTo(status);
            assertThat(stop.reply().code()).isEqualTo(code);
        });
    }
}
