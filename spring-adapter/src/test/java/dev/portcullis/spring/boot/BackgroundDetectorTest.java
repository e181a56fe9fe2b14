package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.attack.BackgroundDetector;
import dev.portcullis.attack.Sighting;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A bean that looks at requests in the background, in a booted application. */
class BackgroundDetectorTest {

    private static final String YAML = "portcullis: { policies: { all: { paths: [/**], public: true,"
            + " attacks: { level: low, background: { rate: 100%, time-out: 50s } } } } }";

    @RestController
    static class Greetings {

        @GetMapping("/greeting")
        String greet() {
            return "hello";
        }
    }

    /** Comes back when it is told to. */
    static final class Slow implements BackgroundDetector {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public String id() {
            return "slow";
        }

        @Override
        public int look(Sighting sighting) throws InterruptedException {
            begun.countDown();
            release.await();
            over.countDown();
            return 0;
        }
    }

    @Test
    void requestsAreAnsweredWhileItIsStillLooking() throws IOException, InterruptedException {
        try (var application = Booted.with(YAML, Greetings.class, Slow.class)) {
            var slow = application.context().getBean(Slow.class);

            assertThat(application.get("/greeting").status()).isEqualTo(200);
            assertThat(slow.begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(application.get("/greeting").status()).isEqualTo(200);
            assertThat(slow.over.getCount()).as("it has not come back").isEqualTo(1);
            slow.release.countDown();
            assertThat(slow.over.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
