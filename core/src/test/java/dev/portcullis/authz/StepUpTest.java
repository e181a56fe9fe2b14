package dev.portcullis.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Principal;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.authz.StepUp.Demands;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepUpTest {

    private static final long NOW = 1_767_225_600L;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");

    @Test
    void demandsAContext() {
        var demands = new Demands(List.of("gold", "silver"), List.of(), null, Set.of());
        assertThat(asked(demands, Map.of("acr", "silver"))).isEqualTo("proceed");
        assertThat(asked(demands, Map.of("acr", "bronze"))).contains("acr_values=\"gold silver\"");
        assertThat(asked(demands, Map.of("acr", List.of("gold")))).startsWith("401");
        assertThat(asked(demands, Map.of("acr", "gold silver"))).startsWith("401");
        assertThat(asked(demands, Map.of())).startsWith("401");
    }

    @Test
    void demandsAMethod() {
        var demands = new Demands(List.of(), List.of("otp", "hwk"), null, Set.of());
        assertThat(asked(demands, Map.of("amr", List.of("pwd", "otp")))).isEqualTo("proceed");
        assertThat(asked(demands, Map.of("amr", "hwk"))).isEqualTo("proceed");
        assertThat(asked(demands, Map.of("amr", List.of("pwd"))))
                .contains("error=\"insufficient_user_authentication\"");
        assertThat(asked(demands, Map.of("amr", "pwd otp"))).startsWith("401");
        assertThat(asked(demands, Map.of("amr", Map.of("otp", true)))).startsWith("401");
        assertThat(asked(demands, Map.of())).startsWith("401");
    }

    @Test
    void demandsALoginThatIsNotTooLongAgo() {
        var demands = new Demands(List.of(), List.of(), Duration.ofMinutes(10), Set.of());
        assertThat(asked(demands, Map.of("auth_time", NOW - 600))).isEqualTo("proceed");
        assertThat(asked(demands, Map.of("auth_time", NOW - 601))).contains("max_age=\"600\"");
        assertThat(asked(demands, Map.of("auth_time", NOW + 30))).isEqualTo("proceed");
        assertThat(asked(demands, Map.of("auth_time", NOW + 31))).startsWith("401");
        assertThat(asked(demands, Map.of("auth_time", String.valueOf(NOW)))).startsWith("401");
        assertThat(asked(demands, Map.of("auth_time", Double.NaN))).startsWith("401");
        assertThat(asked(demands, Map.of())).startsWith("401");
        clock.advance(Duration.ofSeconds(1));
        assertThat(asked(demands, Map.of("auth_time", NOW - 600))).startsWith("401");
    }

    @Test
    void demandsItOfSomeCallersWhereItIsTold() {
        var demands = new Demands(List.of(), List.of("otp"), null, Set.of(Principal.Kind.SERVICE));
        assertThat(asked(demands, Map.of())).isEqualTo("proceed");
        var all = new Demands(List.of(), List.of("otp"), null, Set.of());
        assertThat(asked(all, Map.of())).startsWith("401");
    }

    @Test
    void challengesWhoeverProvesAKeyInHisScheme() {
        var check = StepUp.of(new Demands(List.of("gold"), List.of(), null, Set.of()), clock);
        assertThat(asked(check, Map.of("cnf", Map.of("jkt", "x"))))
                .startsWith("401 insufficient-user-authentication DPoP ");
        assertThat(asked(check, Map.of())).startsWith("401 insufficient-user-authentication Bearer ");
    }

    @Test
    void asksNobodyWithoutACaller() {
        var check = StepUp.of(new Demands(List.of("gold"), List.of(), null, Set.of()), clock);
        var verdict = check.check(RecordedWire.of("GET", "/").view());
        assertThat(((Verdict.Deny) verdict).reply().code()).isEqualTo("authentication-required");
    }

    @Test
    void refusesDemandsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Demands(List.of(), List.of(), null, Set.of()));
        for (var word : List.of("", "a b", "a\"", "a\\", "a\n", "ä")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Demands(List.of(word), List.of(), null, Set.of()));
        }
    }

    private String asked(Demands demands, Map<String, Object> claims) {
        return asked(StepUp.of(demands, clock), claims);
    }

    private static String asked(StepUp check, Map<String, Object> claims) {
        var caller = new Principal(
                "alice", Principal.Kind.USER, "main", "web", null, null, Set.of(), Set.of(), claims, "jwt");
        var set = PolicySet.builder()
                .first(Rule.enforce("who", request -> Verdict.Pass.identifying(caller)), Rule.enforce("step-up", check))
                .otherwiseProceed();
        try (var engine = Engine.of(set, Listener.NONE)) {
            return engine.evaluate(RecordedWire.of("GET", "/").view()) instanceof Outcome.Stop stop
                    ? stop.reply().status() + " " + stop.reply().code() + " "
                            + stop.reply().headers().get(0).value()
                    : "proceed";
        }
    }
}
