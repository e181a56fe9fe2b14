package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** How this application proves to an issuer who it is (RFC 6749, section 2.3). Immutable. */
public sealed interface ClientProof {

    /** The id and the secret in a header (RFC 6749, section 2.3.1), each form-urlencoded first. */
    static ClientProof basic(String id, String secret) {
        requireNonNull(id, "id");
        requireNonNull(secret, "secret");
        return new Secret(id, secret, true);
    }

    /** The id and the secret in the form. */
    static ClientProof post(String id, String secret) {
        requireNonNull(id, "id");
        requireNonNull(secret, "secret");
        return new Secret(id, secret, false);
    }

    /**
     * A signed JWT (RFC 7523, section 2.2), fresh for every request.
     *
     * @param id the id
     * @param key the key to sign with
     */
    static ClientProof privateKeyJwt(String id, SigningKey key) {
        requireNonNull(key, "key");
        return new Signed(id, key);
    }

    /** The {@code Authorization} of a request; null when there is none. */
    @Nullable
    String authorization();

    /** What is added to the form of a request to this issuer. */
    Map<String, String> form(String issuer, Clock clock);

    /** The id and the secret. */
    record Secret(String id, String secret, boolean header) implements ClientProof {
        /** Checks that nothing is missing. */
        public Secret {
            requireNonNull(id, "id");
            requireNonNull(secret, "secret");
        }

        @Override
        public @Nullable String authorization() {
            var pair = encoded(id) + ":" + encoded(secret);
            return header ? "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)) : null;
        }

        @Override
        public Map<String, String> form(String issuer, Clock clock) {
            requireNonNull(issuer, "issuer");
            requireNonNull(clock, "clock");
            return header ? Map.of() : Map.of("client_id", id, "client_secret", secret);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        /** Does not show the secret. */
        @Override
        public String toString() {
            return "Secret[" + id + "]";
        }
    }

    /** A signed JWT. */
    record Signed(String id, SigningKey key) implements ClientProof {
        /** Checks that nothing is missing. */
        public Signed {
            requireNonNull(key, "key");
        }

        private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        private static final Duration LIFETIME = Duration.ofMinutes(1);

        @Override
        public @Nullable String authorization() {
            return null;
        }

        @Override
        public Map<String, String> form(String issuer, Clock clock) {
            requireNonNull(issuer, "issuer");
            requireNonNull(clock, "clock");
            return Map.of(
                    "client_id",
                    id,
                    "client_assertion_type",
                    ASSERTION_TYPE,
                    "client_assertion",
                    assertion(issuer, clock));
        }

        private String assertion(String issuer, Clock clock) {
            var claims = new JwtClaims();
            claims.setIssuer(id);
            claims.setSubject(id);
            claims.setAudience(issuer);
            claims.setJwtId(UUID.randomUUID().toString());
            claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
            claims.setExpirationTime(
                    NumericDate.fromMilliseconds(clock.instant().plus(LIFETIME).toEpochMilli()));
            var jws = new JsonWebSignature();
            jws.setPayload(claims.toJson());
            jws.setKey(key.key());
            jws.setAlgorithmHeaderValue(key.algorithm().name());
            if (key.id() != null) {
                jws.setKeyIdHeaderValue(key.id());
            }
            try {
                return jws.getCompactSerialization();
            } catch (JoseException e) {
                throw new IllegalStateException(
                        "the key cannot sign by " + key.algorithm().name(), e);
            }
        }

        /** Does not show the key. */
        @Override
        public String toString() {
            return "Signed[" + id + "]";
        }
    }
}
