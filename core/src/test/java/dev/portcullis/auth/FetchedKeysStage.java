package dev.portcullis.auth;

import dev.portcullis.fixture.IdentityProvider;
import org.junit.jupiter.api.AfterEach;

/** A check whose keys come through a real HTTP server. */
abstract class FetchedKeysStage {

    final Bench bench = new Bench();
    final Authentication check = bench.required();

    @AfterEach
    void stop() {
        bench.close();
    }

    int fetches() {
        return bench.provider.requests(IdentityProvider.JWKS);
    }

    String good() {
        return bench.provider.token("orders:read");
    }
}
