package dev.portcullis.example.orders;

import dev.portcullis.fixture.IdentityProvider;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An identity provider for the demonstration, on the loopback address, on {@code IDP_PORT} or 9090.
 *
 * <p>The service knows it over HTTP alone: by its discovery document and its keys.
 */
@Configuration
class EmbeddedIdentityProvider {

    @Bean(destroyMethod = "close")
    IdentityProvider identityProvider(@Value("${idp.port}") int port) {
        return IdentityProvider.start(Clock.systemUTC(), port)
                .client("shop", "shop-secret", "orders:read", "orders:write");
    }
}
