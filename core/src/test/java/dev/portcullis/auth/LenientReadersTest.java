package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Readers of answers and of keys with one guard missing each: what they let through proves that the cases can tell. */
class LenientReadersTest {

    private static final long NOW = 1_767_225_600_000L;
    private static final String ISSUER = "https://idp.example.com";

    /** Answers that bring nobody in, by what is wrong with them. */
    private static final Map<String, String> ANSWERS = Map.of(
            "text for true", "{'active':'true','sub':'a','aud':'orders-api'}",
            "inactive", "{'active':false,'sub':'a','aud':'orders-api'}",
            "another audience", "{'active':true,'sub':'a','aud':'other'}",
            "no audience", "{'active':true,'sub':'a'}",
            "another issuer", "{'active':true,'sub':'a','aud':'orders-api','iss':'https://evil.example'}",
            "refresh token", "{'active':true,'sub':'a','aud':'orders-api','typ':'Refresh'}",
            "bound", "{'active':true,'sub':'a','aud':'orders-api','cnf':{'jkt':'x'}}",
            "over", "{'active':true,'sub':'a','aud':'orders-api','exp':1767225600}",
            "not yet", "{'active':true,'sub':'a','aud':'orders-api','nbf':1767225700}",
            "nobody", "{'active':true,'aud':'orders-api'}");

    private static final Issuer TRUSTED =
            Issuer.builder("main", ISSUER).audiences(Set.of("orders-api")).build();

    private static final IntrospectionEndpoint ENDPOINT = new IntrospectionEndpoint(
            URI.create(ISSUER + "/introspect"),
            ClientProof.basic("a", "b"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            false);

    private static Set<String> passed(Predicate<byte[]> reader) {
        var passed = new TreeSet<String>();
        ANSWERS.forEach((name, answer) -> {
            if (reader.test(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
                passed.add(name);
            }
        });
        return passed;
    }

    private static Predicate<byte[]> lenient(Predicate<JsonNode> guard) {
        return bytes -> {
            try {
                return guard.test(JsonMapper.builder().build().readTree(bytes));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void theReaderOfAnswersLetsNoneThrough() {
        assertThat(passed(bytes -> {
                    var read = Introspected.read(bytes, TRUSTED, ENDPOINT, NOW);
                    return read.binding().isNone() && read.judge(NOW, 0) instanceof Verdict.Pass;
                }))
                .isEmpty();
    }

    @Test
    void aReaderThatTakesTextForTrueIsFound() {
        assertThat(passed(lenient(answer -> answer.path("active").asBoolean()))).contains("text for true");
    }

    @Test
    void aReaderThatBelievesActiveAloneIsFound() {
        assertThat(passed(lenient(answer -> answer.path("active").equals(BooleanNode.TRUE))))
                .contains(
                        "another audience",
                        "no audience",
                        "another issuer",
                        "refresh token",
                        "bound",
                        "over",
                        "not yet");
    }

    @Test
    void aLookUpThatComparesNoSecretIsFound() {
        var right = "pcl_k7x2.secret";
        var key = ApiKey.of(KnownClient.named("acme"))
                .id("k7x2")
                .secret(KeyHash.of(right, null))
                .build();
        var table = KeyTable.of(List.of(key));
        var wrong = List.of("pcl_k7x2.other", "pcl_k7x2.secretx", "pcl_k7x2.secre", "xpcl_k7x2.secret");
        assertThat(wrong)
                .allMatch(text ->
                        table.wrong("k7x2", new PresentedKey(text, null)) == key.wrong(new PresentedKey(text, null)));
        assertThat(wrong)
                .noneMatch(text -> key.judge(
                                new PresentedKey(text, null),
                                RecordedWire.of("GET", "/").view(),
                                Clock.systemUTC())
                        instanceof Verdict.Pass);
    }
}
