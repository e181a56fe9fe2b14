package dev.portcullis.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import dev.portcullis.Principal;
import dev.portcullis.fixture.HandClock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose score it is: a client's under its issuer, or an address's. */
class ScoresTest {

    private static final Address HERE = Address.parse("192.0.2.1");
    private static final Address THERE = Address.parse("192.0.2.2");

    private final Scores scores = new Scores(new SteadyTime(HandClock.at("2026-01-01T00:00:00Z")), 1000);

    private static Principal of(String issuer, String client) {
        return new Principal(
                "alice", Principal.Kind.USER, issuer, client, null, null, Set.of(), Set.of(), Map.of(), "jwt");
    }

    private double score(@Nullable Principal principal, Address address) {
        return scores.of(principal, address, RiskTerms.USUAL);
    }

    @Test
    void aClientOfAnotherIssuerIsAnotherClient() {
        scores.raise(of("main", "web"), HERE, new Scores.Raise(Signal.ATTACK, 1), RiskTerms.USUAL);

        assertThat(score(of("main", "web"), THERE)).isPositive();
        assertThat(score(of("other", "web"), HERE)).isZero();
        assertThat(score(of("main", "app"), HERE)).isZero();
        assertThat(score(null, HERE)).isZero();
    }

    @Test
    void whoIsNotKnownIsTheAddress() {
        scores.raise(null, HERE, new Scores.Raise(Signal.ATTACK, 1), RiskTerms.USUAL);

        assertThat(score(null, HERE)).isPositive();
        assertThat(score(null, THERE)).isZero();
        assertThat(score(of("main", "web"), HERE)).isZero();
    }
}
