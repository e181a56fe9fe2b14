package dev.portcullis.authz;

import static dev.portcullis.authz.Scene.ALICE;
import static dev.portcullis.authz.Scene.answer;
import static dev.portcullis.authz.Scene.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConditionTest {

    private static final int ROWS_AT_LEAST = 120;
    private static final int MISTAKES_AT_LEAST = 55;

    private static List<String[]> table(String file, String between) throws Exception {
        try (var stream = ConditionTest.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(between, 2))
                    .toList();
        }
    }

    /** The table was worked out by hand: what each condition comes to for one request. */
    @TestFactory
    Stream<DynamicTest> answersAsTheTableSays() throws Exception {
        var rows = table("conditions.txt", " +");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(ROWS_AT_LEAST);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row[1], () -> assertThat(answer(row[1])).isEqualTo(row[0])));
    }

    @TestFactory
    Stream<DynamicTest> tellsMistakesWhenItIsCompiled() throws Exception {
        var rows = table("mistakes.txt", " => ");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(MISTAKES_AT_LEAST);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row[0], () -> assertThat(mistake(row[0])).isEqualTo(row[1])));
    }

    private static String mistake(String condition) {
        var mistake = catchThrowableOfType(Mistake.class, () -> Condition.of(condition, Scene.WORDS));
        return mistake == null ? "none" : mistake.getMessage();
    }

    @Test
    void deniesWhatIsAbsentWhateverIsAskedOfIt() {
        for (var absent : List.of("principal.tier", "body.none.x", "request.headers['X-No']", "principal.claims.no")) {
            for (var condition :
                    List.of("%s == 'a'", "%s != 'a'", "!(%s == 'a')", "%s == 'a' || true == true && 1 == 1")) {
                assertThat(answer(condition.formatted(absent)))
                        .as(condition, absent)
                        .isEqualTo("open");
            }
            assertThat(answer("has(" + absent + ") && " + absent + " == 'a'")).isEqualTo("no");
            assertThat(answer("!has(" + absent + ") || " + absent + " == 'a'")).isEqualTo("yes");
        }
    }

    @Test
    void asksForAuthenticationWhereItAsksAboutACallerNobodyKnows() {
        assertThat(answer("principal.id == 'alice'", wire(), null)).isEqualTo("authentication-required");
        assertThat(answer("!hasRole('editor')", wire(), null)).isEqualTo("authentication-required");
        assertThat(answer("!has(principal.id)", wire(), null)).isEqualTo("yes");
        assertThat(answer("request.path == '/'", wire(), null)).isEqualTo("no");
    }

    @Test
    void takesHeadForGet() {
        var head = RecordedWire.of("HEAD", "/users/alice");
        assertThat(answer("request.method == 'GET'", head, ALICE)).isEqualTo("yes");
        assertThat(answer("request.method != 'GET'", head, ALICE)).isEqualTo("no");
    }

    @Test
    void knowsNoBodyWhereThereIsNone() {
        var bare = RecordedWire.of("GET", "/users/alice");
        assertThat(answer("body.amount < 5", bare, ALICE)).isEqualTo("open");
        assertThat(answer("has(body.amount)", bare, ALICE)).isEqualTo("no");
    }

    @Test
    void deniesABodyThatIsNoJson() {
        var broken = RecordedWire.of("POST", "/users/alice")
                .with("Content-Length", "2")
                .body("{x");
        assertThat(answer("!has(body.amount)", broken, ALICE)).isEqualTo("open");
    }

    @Test
    void namesTheClauseThatDoesNotHold() {
        var check = Condition.of("request.method == 'POST' && (path.userId == 'bob' || 1 == 2)", Scene.WORDS);
        var deny = (dev.portcullis.Verdict.Deny) check.check(wire().view());
        assertThat(deny.evidence().detail()).isEqualTo("path.userId == 'bob' || 1 == 2");
        assertThat(deny.reply().code()).isEqualTo("not-permitted");
    }

    @Test
    void boundsWhatItLooksInto() {
        var big = "{\"text\": \"" + "a".repeat(Calls.MAX_TEXT + 1) + "\"}";
        var wire = RecordedWire.of("POST", "/users/alice")
                .with("Content-Length", String.valueOf(big.length()))
                .body(big);
        for (var function : List.of("contains('b')", "startsWith('a')", "matches('a*')")) {
            assertThat(answer("body.text." + function, wire, ALICE))
                    .as(function)
                    .isEqualTo("open");
        }
        assertThat(answer("body.text.size() == " + (Calls.MAX_TEXT + 1), wire, ALICE))
                .isEqualTo("yes");
    }
}
