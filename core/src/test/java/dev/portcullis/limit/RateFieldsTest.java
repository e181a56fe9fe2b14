package dev.portcullis.limit;

import static dev.portcullis.limit.LimitKeyTest.key;
import static dev.portcullis.limit.Requests.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Header;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.fixture.Suites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fields against a reader of the draft's grammar, which is itself held against the draft's examples. */
class RateFieldsTest {

    @Test
    void namesAreQuotedAsStructuredFieldsQuoteThem() {
        var fields = new RateFields(
                List.of(new Window("a \"b\" \\c", 7, Duration.ofSeconds(30), false)),
                Terms.of("r", List.of(new Window("a \"b\" \\c", 7, Duration.ofSeconds(30), false)), key("client")));

        assertThat(fields.pass(new Reading(true, 0, 6, 1, false, 0)))
                .containsExactly(
                        new Header("RateLimit-Policy", "\"a \\\"b\\\" \\\\c\";q=7;w=30"),
                        new Header("RateLimit", "\"a \\\"b\\\" \\\\c\";r=6;t=1"));
    }

    @Test
    void secondsAreRoundedUp() {
        var fields = new RateFields(
                List.of(new Window("burst", 7, Duration.ofSeconds(30), false)),
                Terms.of("r", List.of(new Window("burst", 7, Duration.ofSeconds(30), false)), key("client")));

        assertThat(List.of(1L, 999_999_999L, 1_000_000_000L, 1_000_000_001L, 400_000_000_000L).stream()
                        .map(nanos -> fields.deny(new Reading(false, 0, 0, nanos, false, 0), 0))
                        .map(deny -> deny.reply().headers().get(0).value()))
                .containsExactly("1", "1", "1", "2", "400");
    }

    @Test
    void whateverIsCountedIsWellFormedAndConsistent() {
        var random = Seeds.random("fields");
        var clock = HandClock.at("2026-01-01T00:00:00Z");
        for (var round = 0; round < 50; round++) {
            var windows = List.of(
                    new Window(
                            "a" + round,
                            1 + random.nextInt(9),
                            Duration.ofSeconds(1 + random.nextInt(900)),
                            random.nextBoolean()),
                    new Window(
                            "b",
                            1 + random.nextInt(9),
                            Duration.ofSeconds(1 + random.nextInt(900)),
                            random.nextBoolean()));
            var check = Meters.of(clock, 10).limit("fields", windows, key("address"));
            for (var i = 0; i < 30; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(20_000)));
                assertConsistent(check.check(from("192.0.2.1")));
            }
        }
    }

    private static void assertConsistent(Verdict verdict) {
        var denied = verdict instanceof Verdict.Deny;
        var headers =
                verdict instanceof Verdict.Deny deny ? deny.reply().headers() : ((Verdict.Pass) verdict).headers();
        var policy = value(headers, "RateLimit-Policy");
        var limit = value(headers, "RateLimit");
        assertThat(flaw("RateLimit-Policy", policy)).isEmpty();
        assertThat(flaw("RateLimit", limit)).isEmpty();
        var wait = number(limit, "t");
        assertThat(wait).isPositive();
        assertThat(headers.stream().anyMatch(header -> header.named("Retry-After")))
                .isEqualTo(denied);
        if (denied) {
            assertThat(number(limit, "r")).isZero();
            assertThat(Long.parseLong(value(headers, "Retry-After"))).isGreaterThanOrEqualTo(wait);
        }
    }

    private static String value(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.named(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static long number(String field, String parameter) {
        var item = (StringItem) Parser.parseList(field).get().get(0);
        return ((IntegerItem) item.getParams().get(parameter)).getAsLong();
    }

    /** What is wrong with the field; empty when nothing is. */
    private static String flaw(String field, String value) {
        try {
            for (var element : Parser.parseList(value).get()) {
                var wrong = flaw(field, element);
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
            return "";
        } catch (ParseException e) {
            return "no list of structured fields";
        }
    }

    private static String flaw(String field, ListElement<?> element) {
        if (!(element instanceof StringItem item)) {
            return "the name is no string";
        }
        var kinds = field.equals("RateLimit")
                ? Map.of("r", IntegerItem.class, "t", IntegerItem.class, "pk", ByteSequenceItem.class)
                : Map.of(
                        "q", IntegerItem.class,
                        "w", IntegerItem.class,
                        "qu", StringItem.class,
                        "pk", ByteSequenceItem.class);
        for (var kind : kinds.entrySet()) {
            var parameter = item.getParams().get(kind.getKey());
            if (parameter != null && !fits(parameter, kind.getValue())) {
                return kind.getKey() + " is of another kind";
            }
        }
        var required = field.equals("RateLimit") ? "r" : "q";
        return item.getParams().get(required) == null ? required + " is missing" : "";
    }

    private static boolean fits(Item<?> parameter, Class<?> kind) {
        return kind.isInstance(parameter) && !(parameter instanceof IntegerItem number && number.getAsLong() < 0);
    }

    @Test
    @Tag("suite")
    void theReaderOfTheGrammarAgreesWithTheDraftsExamples() {
        var wrong = new ArrayList<String>();
        var judged = 0;
        for (var row : Suites.json("ratelimit_fields.json").path("cases")) {
            var flaw = flaw(row.path("field").textValue(), row.path("value").textValue());
            if (!mayBeEither(row) && flaw.isEmpty() == defective(row)) {
                wrong.add(row + ": " + flaw);
            }
            judged++;
        }

        assertThat(wrong).isEmpty();
        assertThat(judged).isGreaterThanOrEqualTo(25);
    }

    private static boolean mayBeEither(JsonNode row) {
        return row.path("issues").toString().contains("MAY");
    }

    private static boolean defective(JsonNode row) {
        return row.has("negative")
                ? row.path("negative").booleanValue()
                : !row.path("issues").isEmpty();
    }
}
