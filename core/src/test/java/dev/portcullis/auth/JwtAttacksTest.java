package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Suites;
import dev.portcullis.http.RecordedWire;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The collected attacks on JWTs, through the whole check. */
@Tag("suite")
class JwtAttacksTest {

    /** Where both answers can be defended, ours. */
    private static final Map<String, Boolean> POLICY = Map.of(
            "exp > Long.MAX", false,
            "sub number", false,
            "scope number", false,
            "typ='JWT'", true,
            "typ='jwt'", true);

    /** What a denial of a token beyond all bounds may allocate, the assertion included. */
    private static final long MOST_BYTES = 256 * 1024;

    @Test
    void answersEveryAttackAsItShould() {
        var suite = Suites.json("jwt_attacks.json");
        var checks = new HashMap<String, Authentication>();
        var wrong = new ArrayList<String>();
        var count = 0;
        for (var row : suite.get("cases")) {
            var name = row.get("name").asText();
            var expected = row.get("valid").isBoolean() ? row.get("valid").asBoolean() : policy(name);
            var check = checks.computeIfAbsent(row.get("config").asText(), set -> check(suite.get("configs"), set));
            var verdict = Bench.ask(check, token(row));
            if (verdict instanceof Verdict.Pass != expected) {
                wrong.add(row.get("category").asText() + ": " + name + ": " + Bench.reason(verdict));
            }
            count++;
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(100);
    }

    @Test
    void spendsLittleOnTokensMadeToCostMuch() {
        var suite = Suites.json("jwt_attacks.json");
        var check = check(suite.get("configs"), "jwks");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var count = 0;
        for (var row : suite.get("cases")) {
            if (row.path("dos").asBoolean()) {
                var request = RecordedWire.of("GET", "/").with("Authorization", "Bearer " + token(row));
                var view = request.view();
                check.check(view);
                var before = threads.getCurrentThreadAllocatedBytes();
                assertThat(check.check(view)).isInstanceOf(Verdict.Deny.class);
                assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                        .as(row.get("name").asText())
                        .isLessThan(MOST_BYTES);
                count++;
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(3);
    }

    private static boolean policy(String name) {
        assertThat(POLICY).as("both answers can be defended; say which is ours").containsKey(name);
        return POLICY.get(name);
    }

    /** The token, or one of the size and the beginning that the row tells. */
    private static String token(JsonNode row) {
        var token = row.get("token");
        if (token.isTextual()) {
            return token.textValue();
        }
        if (token.isObject()) {
            return token.toString();
        }
        var head = row.get("tokenHead").asText();
        return head + "A".repeat(row.get("tokenLength").asInt() - head.length());
    }

    private static Authentication check(JsonNode configs, String set) {
        var keys = configs.get(set);
        var secret = keys.get("keys").get(0).get("kty").asText().equals("oct");
        var issuer = Issuer.builder("suite", configs.get("issuer").asText())
                .audiences(Set.of(configs.get("audience").asText()))
                .algorithms(secret ? EnumSet.range(Algorithm.HS256, Algorithm.HS512) : Algorithm.asymmetric())
                .keys(KeySource.inline(usable(keys)));
        var clock = HandClock.at(Instant.ofEpochSecond(configs.get("clock").asLong()));
        return Authentication.required(List.of(Jwt.of(List.of(issuer.build()), KeyRings.of(clock, Runnable::run))));
    }

    /** A set that has no usable key stops the start; the tokens meet a key that is not theirs instead. */
    private static String usable(JsonNode keys) {
        var reader = new JwkReader(EnumSet.allOf(Algorithm.class), false);
        if (!reader.read(keys.toString().getBytes(UTF_8)).isEmpty()) {
            return keys.toString();
        }
        var other = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        return "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + other + "\"}]}";
    }
}
