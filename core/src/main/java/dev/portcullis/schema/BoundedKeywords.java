package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The keywords whose usual implementations take more than linear time, log what a client sent, or tell equal numbers apart. */
final class BoundedKeywords {

    private BoundedKeywords() {}

    static List<Keyword> all() {
        return List.of(
                new Bounded("const", BoundedKeywords::constant),
                new Bounded("enum", schema -> new AllowedValues(schema)::hold),
                new Bounded("pattern", BoundedKeywords::pattern),
                new Bounded("uniqueItems", BoundedKeywords::uniqueItems));
    }

    private static Predicate<JsonNode> constant(JsonNode schema) {
        return new AllowedValues(List.of(schema))::hold;
    }

    private static Predicate<JsonNode> pattern(JsonNode schema) {
        var pattern = LinearPattern.compile(schema.asText());
        return value -> !value.isTextual() || pattern.matches(value.textValue());
    }

    private static Predicate<JsonNode> uniqueItems(JsonNode schema) {
        return value -> !schema.booleanValue() || !value.isArray() || areUnique(value);
    }

    private static boolean areUnique(JsonNode items) {
        var seen = new HashSet<String>();
        for (var item : items) {
            if (!seen.add(CanonicalText.of(item))) {
                return false;
            }
        }
        return true;
    }

    /** A keyword that is a test of one value. */
    private static final class Bounded extends AbstractKeyword {

        private final Function<JsonNode, Predicate<JsonNode>> compiler;

        Bounded(String name, Function<JsonNode, Predicate<JsonNode>> compiler) {
            super(name);
            this.compiler = compiler;
        }

        @Override
        public KeywordValidator newValidator(
                SchemaLocation place, JsonNode node, Schema parent, SchemaContext context) {
            return new Validator(this, compiler.apply(node), new Site(place, node, parent, context));
        }
    }

    /** Where in a schema a keyword stands. */
    private record Site(SchemaLocation place, JsonNode node, Schema parent, SchemaContext context) {}

    private static final class Validator extends BaseKeywordValidator {

        private final Predicate<JsonNode> test;
        private final String words;

        Validator(Keyword keyword, Predicate<JsonNode> test, Site site) {
            super(keyword, site.node(), site.place(), site.parent(), site.context());
            this.test = test;
            this.words = site.node().toString();
        }

        @Override
        public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath place) {
            if (!test.test(value)) {
                context.addError(error().instanceNode(value)
                        .instanceLocation(place)
                        .evaluationPath(context.getEvaluationPath())
                        .locale(context.getExecutionConfig().getLocale())
                        .arguments(words)
                        .build());
            }
        }
    }
}
