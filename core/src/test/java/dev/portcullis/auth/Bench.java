package dev.portcullis.auth;

import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An identity provider and a check that trusts it, by one clock. */
final class Bench implements AutoCloseable {

    static final Delays PATIENT = new Delays(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    final HandClock clock = HandClock.at("2026-11-01T12:00:00Z");
    final IdentityProvider provider = IdentityProvider.start(clock);
    final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "bench");
        thread.setDaemon(true);
        return thread;
    });
    final KeyRings rings;

    /** A bench on which nothing times out, however slow the machine. */
    Bench() {
        this(PATIENT);
    }

    Bench(Delays delays) {
        rings = KeyRings.of(clock, executor, delays);
    }

    Issuer.Builder issuer() {
        return Issuer.builder("main", provider.issuer()).audiences(Set.of(IdentityProvider.AUDIENCE));
    }

    Authentication required() {
        return Authentication.required(List.of(Jwt.of(List.of(issuer().build()), rings)));
    }

    static Verdict ask(Authentication check, String token) {
        return check.check(RecordedWire.of("GET", "/orders")
                .with("Authorization", "Bearer " + token)
                .view());
    }

    /** The reason of a denial, or {@code pass}. */
    static String reason(Verdict verdict) {
        return verdict instanceof Verdict.Deny deny ? deny.evidence().reason() : "pass";
    }

    static Principal caller(Verdict verdict) {
        return ((Verdict.Pass) verdict).principal();
    }

    @Override
    public void close() {
        provider.close();
        executor.shutdownNow();
    }
}
