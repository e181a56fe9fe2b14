package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.Hold;
import dev.portcullis.fixture.IdentityProvider;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

/** The application takes no traffic before the gate can judge it. */
class TrafficTest {

    private static String yaml(IdentityProvider provider) {
        return """
                portcullis:
                  issuers: { main: { issuer: "%s", audiences: [a], key-timeout: 30s, required-claims: [ { claim: org.id, any: [x] } ] } }
                  policies: { a: { paths: [/**], authenticate: [jwt] } }
                """.formatted(provider.issuer());
    }

    private static ReadinessState state(Booted application) {
        return application.context().getBean(ApplicationAvailability.class).getReadinessState();
    }

    @Test
    void isHeldUpUntilTheKeysAreThere() throws Exception {
        try (var provider = IdentityProvider.start(Clock.systemUTC());
                var hold = new Hold()) {
            provider.fail(IdentityProvider.JWKS, Fault.held(hold));
            try (var application = Booted.with(yaml(provider))) {
                assertThat(state(application)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
                hold.release();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> state(application) == ReadinessState.ACCEPTING_TRAFFIC);
            }
        }
    }

    @Test
    void isTakenAtOnceWithoutIssuers() throws Exception {
        try (var application = Booted.with("portcullis: { policies: { a: { paths: [/**], public: true } } }\n")) {
            assertThat(state(application)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }
}
