package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.IdentityProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted tokens, as an operator configures them. */
class EncryptedTokensConfigurationTest {

    @TempDir
    private Path directory;

    private final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    private final IdentityProvider provider = IdentityProvider.start(clock);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void readsTheKeyAnewWithTheConfiguration() throws Exception {
        var key = directory.resolve("key.pem");
        var first = pair();
        var second = pair();
        Files.writeString(key, pem(first));
        try (var gate = Gate.builder(file(yaml(key))).clock(clock).build()) {
            assertThat(sent(gate, first)).isEqualTo("proceed");
            assertThat(sent(gate, second)).isEqualTo("orders.authentication 401 invalid-token");
            Files.writeString(key, pem(second));
            gate.reload(file(yaml(key)));
            assertThat(sent(gate, second)).isEqualTo("proceed");
            assertThat(sent(gate, first)).isEqualTo("orders.authentication 401 invalid-token");
        }
    }

    @Test
    void stopsTheStartOverAKeyThatIsNone() throws IOException {
        var key = directory.resolve("key.pem");
        Files.writeString(key, "s3cr3t");
        var e = catchThrowableOfType(
                ConfigurationException.class,
                () -> Gate.builder(file(yaml(key))).build());
        assertThat(e.getMessage())
                .contains("issuers.main.decryption-keys", "keys to decrypt with")
                .doesNotContain("s3cr3t");
    }

    private String sent(Gate gate, KeyPair pair) throws JoseException {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue("RSA-OAEP-256");
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setKey(pair.getPublic());
        jwe.setPayload(provider.token().sign());
        return outcome(gate, get("/orders").with("Authorization", "Bearer " + jwe.getCompactSerialization()));
    }

    private String yaml(Path key) {
        return """
                issuers: { main: { issuer: "%s", audiences: [orders-api], key-timeout: 30s, decryption-keys: "file:%s" } }
                policies: { orders: { paths: [/orders], authenticate: [jwt] } }
                """.formatted(provider.issuer(), key);
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
