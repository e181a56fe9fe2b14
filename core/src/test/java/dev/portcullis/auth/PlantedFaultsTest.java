package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.Flaw;
import java.security.Key;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Readers with one guard missing each: what they let through proves that the flaws can tell. */
class PlantedFaultsTest {

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    /** The flaws that a reader lets through. */
    private static Set<Flaw> passed(Predicate<String> reader) {
        assertThat(reader.test(bench.provider.token("orders:read"))).isTrue();
        var passed = EnumSet.noneOf(Flaw.class);
        for (var flaw : Flaw.values()) {
            if (reader.test(bench.provider.broken(flaw))) {
                passed.add(flaw);
            }
        }
        return passed;
    }

    @Test
    void theCheckLetsNoFlawThrough() {
        var check = bench.required();
        assertThat(passed(token -> Bench.ask(check, token) instanceof Verdict.Pass))
                .isEmpty();
    }

    @Test
    void aReaderThatVerifiesNoSignaturesIsFound() {
        assertThat(passed(reader(builder -> builder.setSkipSignatureVerification())))
                .contains(Flaw.TAMPERED_CLAIMS, Flaw.FOREIGN_KEY, Flaw.EMPTY_SIGNATURE);
    }

    @Test
    void aReaderThatAllowsNoneIsFound() {
        assertThat(passed(reader(builder -> builder.setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
                        .setDisableRequireSignature()
                        .setVerificationKeyResolver(
                                (jws, context) -> jws.getAlgorithmHeaderValue().equals("none") ? none() : known(jws)))))
                .contains(Flaw.UNSIGNED);
    }

    @Test
    void aReaderThatTakesThePublicKeyForASecretIsFound() {
        assertThat(passed(reader(builder -> builder.setVerificationKeyResolver((jws, context) ->
                        jws.getAlgorithmHeaderValue().startsWith("HS") ? new HmacKey(pem()) : known(jws)))))
                .contains(Flaw.HMAC_WITH_PUBLIC_KEY);
    }

    @Test
    void aReaderThatTrustsTheKeyOfTheHeaderIsFound() {
        assertThat(passed(reader(builder -> builder.setVerificationKeyResolver((jws, context) -> brought(jws)))))
                .contains(Flaw.EMBEDDED_KEY);
    }

    @Test
    void aReaderThatForgetsTheAudienceIsFound() {
        assertThat(passed(reader(builder -> builder.setSkipDefaultAudienceValidation())))
                .contains(Flaw.OTHER_AUDIENCE, Flaw.WITHOUT_AUDIENCE);
    }

    @Test
    void aReaderThatForgetsTheTimeIsFound() {
        var late = NumericDate.fromMilliseconds(bench.clock.millis() - 7_200_000);
        assertThat(passed(reader(builder -> builder.setEvaluationTime(late).setAllowedClockSkewInSeconds(86_400))))
                .contains(Flaw.EXPIRED, Flaw.NOT_YET_VALID);
    }

    @Test
    void aReaderOfAnyIssuerIsFound() {
        assertThat(passed(reader(builder -> builder.setExpectedIssuer(false, (String) null))))
                .contains(Flaw.OTHER_ISSUER, Flaw.WITHOUT_ISSUER);
    }

    @Test
    void aReaderThatNeedsNoExpiryIsFound() {
        assertThat(passed(token -> accepts(
                        new JwtConsumerBuilder()
                                .setVerificationKeyResolver((jws, context) -> known(jws))
                                .setEvaluationTime(NumericDate.fromMilliseconds(bench.clock.millis()))
                                .setExpectedIssuer(bench.provider.issuer())
                                .setSkipDefaultAudienceValidation(),
                        token)))
                .contains(Flaw.WITHOUT_EXPIRY);
    }

    /** A sound reader of another make, with one step changed. */
    private static Predicate<String> reader(UnaryOperator<JwtConsumerBuilder> change) {
        return token -> accepts(change.apply(sound()), token);
    }

    private static JwtConsumerBuilder sound() {
        return new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromMilliseconds(bench.clock.millis()))
                .setExpectedIssuer(bench.provider.issuer())
                .setExpectedAudience("orders-api")
                .setVerificationKeyResolver((jws, context) -> known(jws));
    }

    private static boolean accepts(JwtConsumerBuilder builder, String token) {
        try {
            builder.build().process(token);
            return true;
        } catch (InvalidJwtException e) {
            return false;
        }
    }

    private static Key none() {
        return null;
    }

    private static Key known(JsonWebStructure jws) {
        try {
            return new JsonWebKeySet(bench.provider.jwks())
                    .findJsonWebKey(jws.getKeyIdHeaderValue(), null, null, null)
                    .getKey();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static Key brought(JsonWebSignature jws) {
        try {
            PublicJsonWebKey key = jws.getJwkHeader();
            return key == null ? known(jws) : key.getKey();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pem() {
        try {
            var key = new JsonWebKeySet(bench.provider.jwks())
                    .getJsonWebKeys().stream()
                            .filter(each -> each.getKeyType().equals("EC"))
                            .findFirst()
                            .orElseThrow()
                            .getKey()
                            .getEncoded();
            var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return ("-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n").getBytes(US_ASCII);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
