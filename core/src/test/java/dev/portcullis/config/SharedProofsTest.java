package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import dev.portcullis.fixture.KeyHolder;
import dev.portcullis.fixture.Redis;
import dev.portcullis.http.RecordedWire;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Proofs of possession (DPoP) at two gates that share a real Redis: each is good once, wherever it comes first. */
class SharedProofsTest {

    private static final String TARGET = "https://api.example.com/orders";

    private static Redis redis;

    private final HandClock clock = HandClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final IdentityProvider provider = IdentityProvider.start(clock);
    private final KeyHolder holder = KeyHolder.holding(clock);
    private final String token =
            provider.token().claim("cnf", holder.confirmation()).sign();

    @BeforeAll
    static void start() {
        redis = Redis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private Gate gate(String store) {
        var yaml = store
                + "issuers: { main: { issuer: \"" + provider.issuer()
                + "\", audiences: [orders-api], key-timeout: 30s, proof: { dpop: required } } }\n"
                + "policies: { orders: { paths: [/orders], authenticate: [jwt] } }\n";
        return Gate.builder(file(yaml)).clock(clock).build();
    }

    private Gate sharing() {
        return gate("store: { redis: { uri: \"" + redis.uri() + "\", timeout: 10s, prefix: proofs } }\n");
    }

    private RecordedWire proven() {
        return RecordedWire.of("GET", "/orders")
                .over("https")
                .with("Host", "api.example.com")
                .with("Authorization", "DPoP " + token)
                .with("DPoP", holder.proof("GET", TARGET, token).sign());
    }

    @Test
    void takeAProofOnceBetweenThem() {
        try (var one = sharing();
                var other = sharing();
                var alone = gate("")) {
            var request = proven();
            assertThat(outcome(one, request)).isEqualTo("proceed");
            assertThat(outcome(other, request)).isEqualTo("orders.replay 401 invalid-dpop-proof");
            assertThat(outcome(one, request)).isEqualTo("orders.replay 401 invalid-dpop-proof");
            assertThat(outcome(other, proven())).isEqualTo("proceed");
            assertThat(outcome(alone, request)).as("without the store").isEqualTo("proceed");
        }
    }

    @Test
    void letOneOfManyAtOncePass() throws Exception {
        try (var one = sharing();
                var other = sharing()) {
            assertThat(outcome(one, proven())).isEqualTo("proceed");
            assertThat(outcome(other, proven())).isEqualTo("proceed");
            var request = proven();
            var pool = Executors.newFixedThreadPool(8);
            try {
                var calls = new ArrayList<Callable<String>>();
                for (var i = 0; i < 16; i++) {
                    var gate = i % 2 == 0 ? one : other;
                    calls.add(() -> outcome(gate, request));
                }
                var passed = 0;
                for (var call : pool.invokeAll(calls)) {
                    passed += call.get().equals("proceed") ? 1 : 0;
                }
                assertThat(passed).isEqualTo(1);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void letNobodyPassOfWhomTheStoreCannotTell() {
        try (var gate = sharing()) {
            assertThat(outcome(gate, proven())).isEqualTo("proceed");
            redis.stop();
            try {
                assertThat(outcome(gate, proven())).startsWith("orders.replay 503");
            } finally {
                redis.restart();
            }
        }
    }
}
