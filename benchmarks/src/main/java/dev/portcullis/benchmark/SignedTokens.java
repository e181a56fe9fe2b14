package dev.portcullis.benchmark;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * Tokens as an issuer's realm of roles makes them, and others that judge them. Immutable.
 *
 * @param key the key that signs
 * @param algorithm how
 * @param texts the tokens, each with an id of its own
 */
record SignedTokens(PublicJsonWebKey key, String algorithm, List<String> texts) {

    static final String ISSUER = "https://idp.example.com/realms/shop";
    static final String AUDIENCE = "orders-api";

    private static final float LIFETIME = 600;

    /** So many tokens that are signed so. */
    static SignedTokens by(String algorithm, int count) {
        try {
            var key = algorithm.equals("RS256")
                    ? RsaJwkGenerator.generateJwk(2048)
                    : EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("key-1");
            key.setUse("sig");
            var texts = new ArrayList<String>();
            for (var i = 0; i < count; i++) {
                texts.add(signed(key, algorithm));
            }
            return new SignedTokens(key, algorithm, List.copyOf(texts));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(PublicJsonWebKey key, String algorithm) throws JoseException {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(UUID.randomUUID().toString());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(LIFETIME);
        claims.setClaim("azp", "web");
        claims.setClaim("scope", "openid profile orders:read orders:write");
        claims.setClaim("realm_access", Map.of("roles", List.of("user", "offline_access", "clerk")));
        claims.setClaim("preferred_username", "alice");
        claims.setClaim("email", "alice@example.com");
        var jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setKey(key.getPrivateKey());
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setHeader("typ", "JWT");
        return jws.getCompactSerialization();
    }

    /** The token with a signature that is none of its own, of the right length and in range. */
    static String forged(String text) {
        var end = text.lastIndexOf('.');
        var middle = end + (text.length() - end) / 2;
        var other = text.charAt(middle) == 'A' ? 'B' : 'A';
        return text.substring(0, middle) + other + text.substring(middle + 1);
    }

    /** The public key as a key set. */
    String keys() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The consumer of jose4j with the same checks. */
    JwtConsumer jose4j() {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(List.of(key)))
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256", "ES256")
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(30)
                .build();
    }

    /** The provider that Spring Security's resource server asks, with a key set in memory. */
    AuthenticationProvider springSecurity() {
        try {
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), new ImmutableJWKSet<>(JWKSet.parse(keys()))));
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            var decoder = new NimbusJwtDecoder(processor);
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    JwtValidators.createDefaultWithIssuer(ISSUER),
                    new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(AUDIENCE))));
            return new JwtAuthenticationProvider(decoder);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
