package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.http.RecordedWire;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the check answers, and answers alike twice; the stricter level denies what the other one does. */
class HostileRequestTest {

    private static final int REQUESTS = 1_500;

    private final Attacks low = Attacks.builder().level(Level.LOW).build();
    private final Attacks balanced = Attacks.builder().build();
    private final Attacks strict = Attacks.builder().level(Level.STRICT).build();

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 987654321})
    void answersAndIsMonotonous(long seed) {
        var hostile = new Hostile(new SplittableRandom(seed));
        for (var i = 0; i < REQUESTS; i++) {
            var wire = wire(hostile);
            var verdict = balanced.check(wire.view());

            assertThat(balanced.check(wire.view()))
                    .as("seed " + seed + ": " + wire)
                    .isEqualTo(verdict);
            assertThat(denies(verdict) || !denies(low.check(wire.view()))).isTrue();
            assertThat(denies(strict.check(wire.view())) || !denies(verdict)).isTrue();
        }
    }

    private static boolean denies(Verdict verdict) {
        if (verdict instanceof Verdict.Deny deny && deny.reply().status() == 403) {
            assertThat(deny.reply()).isEqualTo(Reply.problem(403, "attack-detected"));
            assertThat(deny.evidence().detail().length()).isLessThan(300);
            return true;
        }
        return verdict instanceof Verdict.Deny;
    }

    private static RecordedWire wire(Hostile hostile) {
        var wire = RecordedWire.of("POST", hostile.path(6) + "?" + hostile.text(8) + "=" + hostile.text(12))
                .with(hostile.headerName(), hostile.text(6))
                .with("User-Agent", hostile.text(6))
                .with("Cookie", hostile.text(8));
        var json = hostile.json(3).toString();
        return json.length() % 2 == 0
                ? wire.with("Content-Type", "application/json").body(json)
                : wire.with("Content-Type", "application/x-www-form-urlencoded").body("a=" + hostile.text(20));
    }
}
