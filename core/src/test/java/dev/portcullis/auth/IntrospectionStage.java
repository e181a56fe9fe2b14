package dev.portcullis.auth;

import dev.portcullis.fixture.TokenDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** An issuer that is asked about tokens, and a check that asks it. */
abstract class IntrospectionStage {

    static final ClientProof BASIC = ClientProof.basic("orders api", "p@ss:w%rd+1");
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Bench bench = new Bench();
    final Authentication check = check(endpoint(BASIC, false));

    IntrospectionStage() {
        bench.provider.client("orders api", "p@ss:w%rd+1");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    TokenDraft draft() {
        return bench.provider.token();
    }

    static IntrospectionEndpoint endpoint(ClientProof proof, boolean anyAudience) {
        return new IntrospectionEndpoint(
                null,
                proof,
                IntrospectionEndpoint.DEFAULT_CACHE,
                IntrospectionEndpoint.DEFAULT_NEGATIVE_CACHE,
                PATIENCE,
                anyAudience);
    }

    Introspection introspection(IntrospectionEndpoint endpoint) {
        return Introspection.of(bench.issuer().build(), endpoint, bench.clock, bench.executor);
    }

    Authentication check(IntrospectionEndpoint endpoint) {
        return Authentication.required(List.of(introspection(endpoint)));
    }
}
