package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.Problem;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a client made up is told to the operator, and never to a client. */
class ViolationsTest {

    private static final String CANARY = "Xq7";
    private static final String CANARY_NUMBER = "918273645";

    /** A schema in which every keyword can be violated, and names can be made up in many places. */
    private static final String SCHEMA = """
            {"type": "object",
             "properties": {
               "name": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"},
               "number": {"type": "number", "minimum": 1, "exclusiveMaximum": 9, "multipleOf": 0.5},
               "kind": {"enum": ["a", "b"]},
               "one": {"const": 1},
               "mail": {"format": "email"},
               "list": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true, "items": {"$ref": "#/$defs/part"}},
               "pair": {"prefixItems": [{"type": "integer"}, {"type": "string"}], "unevaluatedItems": false},
               "some": {"contains": {"const": 1}, "minContains": 1, "maxContains": 2},
               "map": {"additionalProperties": {"$ref": "#/$defs/part"}},
               "names": {"propertyNames": {"maxLength": 2}},
               "patterns": {"patternProperties": {"^X": {"type": "integer"}, "^never": false}},
               "choice": {"oneOf": [{"required": ["name"]}, {"required": ["kind"]}, {"type": "integer"}]},
               "any": {"anyOf": [{"type": "integer"}, {"properties": {"name": {"type": "integer"}}, "unevaluatedProperties": false}]},
               "nothing": false,
               "not": {"not": {"type": "string"}},
               "if": {"if": {"required": ["name"]}, "then": {"required": ["kind"]}, "else": {"maxProperties": 0}},
               "needs": {"dependentRequired": {"name": ["kind"]}, "dependentSchemas": {"kind": {"minProperties": 3}}}},
             "required": ["name"],
             "additionalProperties": false,
             "$defs": {"part": {"type": "object", "properties": {"name": {"type": "integer"}}, "unevaluatedProperties": {"type": "null"}}}}""";

    private static final Set<String> KEYWORDS = Set.of(
            "additionalProperties",
            "const",
            "dependentRequired",
            "enum",
            "exclusiveMaximum",
            "false",
            "format",
            "maxProperties",
            "minContains",
            "minItems",
            "minProperties",
            "not",
            "oneOf",
            "pattern",
            "propertyNames",
            "required",
            "type",
            "unevaluatedItems",
            "unevaluatedProperties",
            "uniqueItems");

    private static final JsonBody CHECK = JsonBody.of(JsonBodyTest.json(SCHEMA), 1 << 20);
    private static final List<String> NAMES = List.of(
            "name",
            "number",
            "kind",
            "one",
            "mail",
            "list",
            "pair",
            "some",
            "map",
            "names",
            "patterns",
            "choice",
            "any",
            "nothing",
            "not",
            "if",
            "needs",
            CANARY,
            CANARY + "/~1",
            "never" + CANARY,
            CANARY_NUMBER,
            "");

    private static JsonNode value(SplittableRandom random, int depth) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> nodes.textNode(CANARY);
            case 1 -> nodes.numberNode(Long.parseLong(CANARY_NUMBER));
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4, 5 -> list(random, depth);
            default -> object(random, depth);
        };
    }

    private static ArrayNode list(SplittableRandom random, int depth) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var left = random.nextInt(4); left > 0; left--) {
            list.add(value(random, depth - 1));
        }
        return list;
    }

    private static ObjectNode object(SplittableRandom random, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var left = random.nextInt(6); left > 0; left--) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth - 1));
        }
        return object;
    }

    /** How many of many random bodies let a client read back what it sent. */
    private static int leaks(Function<Verdict.Deny, Reply> told) {
        var random = Seeds.random(ViolationsTest.class);
        var leaks = 0;
        for (var i = 0; i < 3_000; i++) {
            var body = object(random, 4).toString();
            var wire = RecordedWire.of("POST", "/" + CANARY + "?" + CANARY)
                    .with("Content-Type", "application/json; charset=utf-8; x=" + CANARY)
                    .with("Transfer-Encoding", "chunked")
                    .body(body);
            if (CHECK.check(wire.view()) instanceof Verdict.Deny deny) {
                var text = new String(Problem.render(told.apply(deny), "0123456789abcdef"), StandardCharsets.UTF_8);
                leaks += text.contains(CANARY) || text.contains(CANARY_NUMBER) ? 1 : 0;
            }
        }
        return leaks;
    }

    @Test
    void neverLetsAClientReadBackWhatItSent() {
        assertThat(leaks(Verdict.Deny::reply)).isZero();
    }

    @Test
    void aReplyMadeOfEvidenceIsFoundOut() {
        assertThat(leaks(deny -> deny.reply()
                        .withErrors(List.of(new Reply.Violation(deny.evidence().detail(), "evidence")))))
                .isPositive();
    }

    @Test
    void violatesEveryKeywordOfTheSchemaOnTheWay() {
        var random = Seeds.random("ViolationsTest.keywords");
        var keywords = new TreeSet<String>();
        for (var i = 0; i < 100_000 && !keywords.containsAll(KEYWORDS); i++) {
            var wire = RecordedWire.of("POST", "/")
                    .with("Content-Type", "application/json")
                    .with("Transfer-Encoding", "chunked")
                    .body(object(random, 4).toString());
            if (CHECK.check(wire.view()) instanceof Verdict.Deny deny) {
                deny.reply().errors().forEach(error -> keywords.add(error.keyword()));
                assertThat(deny.reply().errors()).hasSizeLessThanOrEqualTo(Violations.MAX_COUNT);
            }
        }
        assertThat(keywords).containsAll(KEYWORDS);
    }

    @Test
    void tellsTheOperatorWhereItWas() {
        var wire = RecordedWire.of("POST", "/")
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .body("{\"name\": \"abc\", \"map\": {\"" + CANARY + "\": 1}}");

        var deny = (Verdict.Deny) CHECK.check(wire.view());

        assertThat(deny.evidence()).isEqualTo(Verdict.Evidence.of("schema-violation", "/map/" + CANARY + " type"));
        assertThat(deny.reply().errors()).containsExactly(new Reply.Violation("/map/*", "type"));
    }
}
