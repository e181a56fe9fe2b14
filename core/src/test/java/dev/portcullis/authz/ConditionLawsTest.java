package dev.portcullis.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is written is compiled or a mistake, and whatever is compiled answers every request, as a plain reading of it does. */
class ConditionLawsTest {

    private static final int ROUNDS = 20_000;
    private static final List<String> ATOMS = List.of(
            "principal.id == 'alice'",
            "principal.id == 'bob'",
            "principal.tier == 'x'",
            "hasRole('viewer')",
            "'b' in principal.claims.groups",
            "body.amount > 5",
            "body.amount > 500",
            "body.gone == 1",
            "has(body.gone)",
            "request.headers['X-Two'] == 'a'");
    private static final String VALUES = "ynoyyynono";
    private static final List<String> WORDS = List.of(
            "principal",
            ".",
            "id",
            "roles",
            "claims",
            "body",
            "path",
            "userId",
            "request",
            "headers",
            "[",
            "]",
            "(",
            ")",
            "'a'",
            "\"b\"",
            "1",
            "2.5",
            "1e9",
            "-",
            "!",
            "==",
            "!=",
            "<",
            ">=",
            "in",
            "&&",
            "||",
            ",",
            "has",
            "hasRole",
            "size",
            "matches",
            "startsWith",
            "true",
            "null",
            " ",
            "'",
            "\\",
            "r'x'",
            "parameters",
            "address",
            "inRange",
            "'10.0.0.1'",
            "x",
            "\u0000",
            "😀",
            "[0]");
    private static final List<String> BODIES = List.of(
            "{\"amount\": %s}",
            "{\"amount\": [%s, %s]}", "[%s]", "%s", "{\"amount\": {\"a\": %s}, \"x\": %s}", "{\"a\"");
    private static final List<String> LEAVES = List.of(
            "1", "1e300", "-0.0", "null", "true", "\"a\"", "\"\"", "[]", "{}", "123456789012345678901234567890");

    private final SplittableRandom random = Seeds.random(ConditionLawsTest.class);

    /** What a condition comes to: y, n, or o for what is left open. */
    private record Written(String text, char value) {}

    @Test
    void answersAsAPlainReadingFromTheLeftDoes() {
        var seen = new int[3];
        for (var i = 0; i < ROUNDS / 10; i++) {
            var written = written(4);
            var answer = Scene.answer(written.text);
            assertThat(answer.charAt(0)).as(written.text).isEqualTo(written.value);
            seen["yno".indexOf(written.value)]++;
        }
        assertThat(seen).doesNotContain(0);
    }

    private Written written(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            var at = random.nextInt(ATOMS.size());
            return new Written(ATOMS.get(at), VALUES.charAt(at));
        }
        var left = written(depth - 1);
        if (random.nextInt(4) == 0) {
            return new Written("!(" + left.text + ")", negated(left.value));
        }
        var right = written(depth - 1);
        var both = random.nextBoolean();
        var text = "(" + left.text + (both ? ") && (" : ") || (") + right.text + ")";
        var decides = both ? 'n' : 'y';
        return new Written(text, left.value == 'o' || left.value == decides ? left.value : right.value);
    }

    private static char negated(char value) {
        return value == 'o' ? 'o' : value == 'y' ? 'n' : 'y';
    }

    @Test
    void compilesOrFindsAMistakeInWhateverIsWritten() {
        var compiled = 0;
        for (var i = 0; i < ROUNDS; i++) {
            compiled += compile(i % 2 == 0 ? soup() : mutated());
        }
        assertThat(compiled).isPositive().isLessThan(ROUNDS);
    }

    private int compile(String text) {
        try {
            var condition = Condition.of(text, Scene.WORDS);
            assertThat(condition.check(Scene.wire().view())).isNotNull();
            return 1;
        } catch (Mistake e) {
            assertThat(e.getMessage()).contains(", at character ");
            return 0;
        }
    }

    private String soup() {
        var text = new StringBuilder();
        for (var i = random.nextInt(12); i >= 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }

    private String mutated() {
        var text = new StringBuilder(written(2).text);
        var at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
        }
        return text.toString();
    }

    @Test
    void answersEveryBody() {
        for (var i = 0; i < ROUNDS / 10; i++) {
            var leaf = LEAVES.get(random.nextInt(LEAVES.size()));
            var body = BODIES.get(random.nextInt(BODIES.size())).replace("%s", leaf);
            var wire = RecordedWire.of("POST", "/users/alice?q=" + random.nextInt(3))
                    .with("Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length))
                    .body(body);
            for (var text : List.of(
                    "body.amount == 1",
                    "body.amount[0] < 5.5",
                    "'a' in body.amount",
                    "size(body.amount) > 1",
                    "body.amount.a.startsWith('a')",
                    "body.x",
                    "request.parameters.q in [body.amount, body.x]")) {
                assertThat(Scene.answer(text, wire, Scene.ALICE)).isIn("yes", "no", "open");
            }
        }
    }

    @Test
    void boundsWhatIsWritten() {
        assertThat(compile("(".repeat(Grammar.MAX_DEPTH + 1) + "hasRole('a')" + ")".repeat(Grammar.MAX_DEPTH + 1)))
                .isZero();
        assertThat(compile("(".repeat(Grammar.MAX_DEPTH - 1) + "hasRole('a')" + ")".repeat(Grammar.MAX_DEPTH - 1)))
                .isOne();
        assertThat(compile("!".repeat(Grammar.MAX_DEPTH + 1) + "hasRole('a')")).isZero();
        assertThat(compile("hasRole('a')" + " || hasRole('a')".repeat(Grammar.MAX_PARTS / 2)))
                .isZero();
        assertThat(compile("principal.id == '" + "a".repeat(Grammar.MAX_LENGTH) + "'"))
                .isZero();
    }

    @Test
    void wouldFindOutAConditionThatLetsWhatIsOpenPass() {
        var lax = "has(body.gone) && body.gone == 1 || true == true && has(principal.id)";
        assertThat(Scene.answer(lax)).isEqualTo("yes");
        assertThat(Condition.of("body.gone == 1 || has(principal.id)", Scene.WORDS)
                        .check(Scene.wire().view()))
                .isInstanceOf(Verdict.Deny.class);
    }
}
