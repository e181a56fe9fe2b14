package dev.portcullis.schema;

import static dev.portcullis.Rule.OnFailure.PROCEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.portcullis.Engine;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.PolicySet;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that make work out of proportion to their length. */
@Timeout(300)
class BudgetTest {

    private static final String NEST = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
    private static final String DOUBLING = """
            {"type": "object",
             "properties": {"a": {"oneOf": [{"$ref": "#"}, {"$ref": "#"}, {"type": "null"}]}}}""";

    private static RecordedWire post(String body) {
        return RecordedWire.of("POST", "/")
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(body.length()))
                .body(body);
    }

    private static Verdict verdict(String schema, String body) {
        return JsonBody.of(JsonBodyTest.json(schema), 2 << 20).check(post(body).view());
    }

    private static Verdict.Deny denied(String schema, String body) {
        var deny = (Verdict.Deny) verdict(schema, body);
        assertThat(deny.reply().status()).isEqualTo(400);
        assertThat(deny.reply().code()).isEqualTo("schema-violation");
        return deny;
    }

    @Test
    void deniesABodyThatDoublesTheWorkWithEveryLevel() {
        assertThat(denied(DOUBLING, NEST).evidence().detail()).isEqualTo("more than 500000 steps");
    }

    @Test
    void withoutABudgetTheSameBodyMakesFarMoreWork() {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonBodyTest.json(DOUBLING));

        assertThatThrownBy(() -> schema.validate(new Patient(), JsonBodyTest.json(NEST)))
                .isInstanceOf(OutOfPatience.class);
    }

    /** Waits for four times as long as a budget. */
    private static final class Patient extends ExecutionContext {

        private int steps;

        Patient() {
            super(ExecutionConfig.getInstance());
        }

        @Override
        public void evaluationPathAddLast(String segment) {
            if (++steps > 4 * Budget.MAX_STEPS) {
                throw new OutOfPatience();
            }
            super.evaluationPathAddLast(segment);
        }
    }

    private static final class OutOfPatience extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    @Test
    void deniesABodyWhoseUnevaluatedMembersTakeLongToFind() {
        var schema = """
                {"type": "object",
                 "oneOf": [{"properties": {"a": {"$ref": "#"}, "t": {"const": 1}}}, {"properties": {"a": {"$ref": "#"}}}],
                 "unevaluatedProperties": false}""";

        assertThat(denied(schema, NEST).evidence().detail()).isEqualTo("more than 500000 steps");
    }

    @Test
    void deniesWhateverTheRuleSaysOfChecksThatCannotTell() {
        var rule = Rule.enforce("schema", JsonBody.of(JsonBodyTest.json(DOUBLING), 4096))
                .whenItCannotTell(PROCEED);
        var set =
                PolicySet.builder().route("all", request -> true, List.of(rule)).otherwiseDeny();

        assertThat(Engine.of(set, Listener.NONE).evaluate(post(NEST).view())).isInstanceOf(Outcome.Stop.class);
    }

    @Test
    void deniesATextThatIsTooLongForItsPattern() {
        var deny =
                denied("{\"pattern\": \"^[a-z]{1,900}[0-9]$\", \"maxLength\": 900}", "\"" + "a".repeat(100_000) + "\"");

        assertThat(deny.evidence().detail()).isEqualTo("a text is too long for a pattern");
    }

    @Test
    void deniesATextThatIsTooLongForAPatternEvenWhereItMustNotMatch() {
        assertThat(denied("{\"not\": {\"pattern\": \"^[a-z]{1,900}[0-9]$\"}}", "\"" + "a".repeat(100_000) + "\""))
                .isNotNull();
    }

    @Test
    void deniesANameThatIsTooLongForItsPattern() {
        var name = "{\"" + "a".repeat(100_000) + "\": 1}";

        for (var schema : List.of(
                "{\"patternProperties\": {\"^[a-z]{1,900}[0-9]$\": false}}",
                "{\"patternProperties\": {\"^[a-z]{1,900}[0-9]$\": true}, \"additionalProperties\": {}}",
                "{\"propertyNames\": {\"not\": {\"pattern\": \"^[a-z]{1,900}[0-9]$\"}}}")) {
            assertThat(denied(schema, name).evidence().detail()).isEqualTo("a text is too long for a pattern");
        }
    }

    @Test
    void tellsTheFirstOfManyErrors() {
        var numbers = IntStream.range(0, 90_000).mapToObj(i -> "\"x\"").collect(Collectors.joining(",", "[", "]"));

        assertThat(denied("{\"items\": {\"type\": \"integer\"}}", numbers)
                        .reply()
                        .errors())
                .hasSize(20)
                .first()
                .hasToString("Violation[pointer=/0, keyword=type]");
    }

    @Test
    void keepsNoMoreErrorsThanItNeeds() {
        var numbers = IntStream.range(0, 90_000).mapToObj(i -> "\"x\"").collect(Collectors.joining(",", "[", "]"));

        assertThat(denied("{\"anyOf\": [{\"items\": {\"type\": \"integer\"}}, false]}", numbers)
                        .evidence()
                        .detail())
                .isEqualTo("many errors");
    }

    @Test
    void tellsLongListsApartWhateverTheirHashes() {
        var items =
                IntStream.range(0, 1 << 14).mapToObj(BudgetTest::colliding).collect(Collectors.joining(",", "[", "]"));

        assertThat(verdict("{\"uniqueItems\": true}", items)).isSameAs(Verdict.pass());
    }

    /** One of many texts with the same hash. */
    private static String colliding(int number) {
        var pairs = List.of("Aa", "BB");
        return IntStream.range(0, 14)
                .mapToObj(bit -> pairs.get(number >> bit & 1))
                .collect(Collectors.joining("", "\"", "\""));
    }

    @Test
    void judgesALongListOfGoodMembers() {
        var numbers = IntStream.range(0, 60_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(verdict("{\"items\": {\"type\": \"integer\", \"minimum\": 0}, \"uniqueItems\": true}", numbers))
                .isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void deniesWhereTheStackIsShort() throws InterruptedException {
        var schema = JsonBody.of(
                JsonBodyTest.json("{\"properties\": {\"a\": {\"allOf\": [{\"anyOf\": [{\"$ref\": \"#\"}]}]}}}"), 4096);
        var verdicts = new ArrayList<Verdict>();
        var thread = new Thread(null, () -> verdicts.add(schema.check(post(NEST).view())), "short of stack", 160 << 10);
        thread.start();
        thread.join();

        assertThat(verdicts).hasSize(1);
    }

    @Test
    void refusesToBuildASchemaThatRefersToItselfWithoutAnEnd() {
        for (var schema : List.of(
                "{\"$ref\": \"#\"}",
                "{\"allOf\": [{\"$ref\": \"#\"}]}",
                "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}, \"items\": {\"$ref\": \"#/$defs/a\"}}",
                "{\"$defs\": {\"a\": {\"not\": {\"$ref\": \"#/$defs/a\"}}}, \"properties\": {\"x\": {\"$ref\": \"#/$defs/a\"}}}")) {
            assertThatThrownBy(() -> JsonBody.of(JsonBodyTest.json(schema), 100))
                    .as(schema)
                    .hasMessage("schema: refers to itself without an end");
        }
    }

    @Test
    void refusesToBuildASchemaThatIsNestedTooDeep() {
        JsonNode deep = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < 201; i++) {
            deep = JsonNodeFactory.instance.objectNode().set("not", deep);
        }
        var schema = deep;

        assertThatThrownBy(() -> JsonBody.of(schema, 100)).hasMessage("schema: nested deeper than 200");
    }
}
