package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Body;
import dev.portcullis.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyTimeTest {

    private long now;

    private final BodyTime check = BodyTime.of(Duration.ofSeconds(10), () -> now);

    private static RecordedWire post() {
        return RecordedWire.of("POST", "/").with("Content-Length", "3").body("abc");
    }

    private Verdict.Pass pass(View view) {
        return (Verdict.Pass) check.check(view);
    }

    @Test
    void deniesAReadThatComesTooLate() {
        now = 5;
        var watch = pass(post().view()).watch();

        now += TimeUnit.SECONDS.toNanos(10);
        assertThat(watch.reading(1)).isInstanceOf(Verdict.Pass.class);
        now++;
        assertThat(watch.reading(2)).isInstanceOfSatisfying(Verdict.Deny.class, deny -> {
            assertThat(deny.reply().status()).isEqualTo(408);
            assertThat(deny.reply().code()).isEqualTo("body-too-slow");
        });
        assertThat(watch.asksReads()).isTrue();
    }

    @Test
    void leavesAloneWhatRulesHaveReadWholeAndWhatIsEmpty() {
        var view = post().view();
        var watch = pass(view).watch();
        assertThat(view.body().content(100)).isInstanceOf(Body.Content.Whole.class);

        now += TimeUnit.HOURS.toNanos(1);
        assertThat(watch.reading(3)).isInstanceOf(Verdict.Pass.class);
        assertThat(pass(RecordedWire.of("POST", "/").view()).watch().asksReads())
                .isFalse();
    }

    @Test
    void refusesToBoundByNothing() {
        assertThatThrownBy(() -> BodyTime.of(Duration.ZERO, () -> 0)).hasMessageContaining("max-time");
    }
}
