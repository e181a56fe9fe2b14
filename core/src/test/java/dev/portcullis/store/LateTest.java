package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LateTest {

    @Test
    void isMadeWhenItIsAskedForAndThenStaysTheSame() {
        var made = new AtomicInteger();
        var late = new Late<>(() -> new int[] {made.incrementAndGet()});

        assertThat(late.ifMade()).isNull();
        assertThat(made).hasValue(0);
        var first = late.get();
        assertThat(late.get()).isSameAs(first);
        assertThat(late.ifMade()).isSameAs(first);
        assertThat(made).hasValue(1);
    }
}
