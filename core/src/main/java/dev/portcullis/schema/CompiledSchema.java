package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.resource.SchemaLoader;
import dev.portcullis.TrustedBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A schema that is ready to judge values. Immutable. */
@TrustedBase
final class CompiledSchema {

    private static final Dialect DRAFT_2020 = dialect(Dialects.getDraft202012());
    private static final Dialect DRAFT_7 = dialect(Dialects.getDraft7());
    /** Where a document is that does not say where it is; some references cannot be resolved in a document that is nowhere. */
    private static final SchemaLocation NO_PLACE = SchemaLocation.of("https://schema.invalid/");

    /** Texts of which some make formats read their tables. */
    private static final List<String> WARMING_TEXTS = List.of("", "\u00fc", "xn--tda");

    private static final int MAX_PROBLEMS = 20;
    /** How many steps it may take to tell whether a schema is one. */
    private static final long MAX_META_STEPS = 100L * Budget.MAX_STEPS;

    private final Schema schema;
    private final @Nullable PlainSchema plain;
    private final ExecutionConfig config;

    private CompiledSchema(Schema schema, @Nullable PlainSchema plain) {
        this.schema = schema;
        this.plain = plain;
        this.config = ExecutionConfig.builder()
                .locale(Locale.ROOT)
                .formatAssertionsEnabled(true)
                .build();
    }

    /**
     * Compiles a schema and everything that it refers to.
     *
     * @throws IllegalArgumentException when it is no schema, or has what could not be held against a body; it names all of that
     */
    static CompiledSchema of(JsonNode document, SchemaWords words) {
        var problems = words.problems().isEmpty() ? metaProblems(document, words) : words.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        try {
            var compiled = new CompiledSchema(registry(words.draft7()).getSchema(NO_PLACE, document), null);
            compiled.schema.initializeValidators();
            compiled.warmUp(words);
            return new CompiledSchema(compiled.schema, PlainSchema.of(document));
        } catch (SchemaException e) {
            throw e.getCause() instanceof IllegalArgumentException cause
                    ? cause
                    : new IllegalArgumentException("schema: " + e.getMessage(), e);
        } catch (TooCostly e) {
            throw new IllegalArgumentException("schema: refers to itself without an end", e);
        }
    }

    private static List<String> metaProblems(JsonNode document, SchemaWords words) {
        var meta = words.draft7() ? Draft7.META : Draft2020.META;
        try {
            return meta.errors(document, new Budget(meta.config, MAX_META_STEPS)).stream()
                    .limit(MAX_PROBLEMS)
                    .map(error -> "schema: `" + error.getInstanceLocation() + "` (" + error.getMessage() + ")")
                    .toList();
        } catch (TooCostly e) {
            throw new IllegalArgumentException("schema: too large", e);
        }
    }

    /** The schema of schemas of draft 2020-12, compiled when first needed. */
    private static final class Draft2020 {

        static final CompiledSchema META =
                new CompiledSchema(registry(false).getSchema(SchemaLocation.of(DRAFT_2020.getId())), null);
    }

    /** The schema of schemas of draft 7, compiled when first needed. */
    private static final class Draft7 {

        static final CompiledSchema META =
                new CompiledSchema(registry(true).getSchema(SchemaLocation.of(DRAFT_7.getId())), null);
    }

    private static SchemaRegistry registry(boolean draft7) {
        var config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ROOT)
                .preloadSchema(true)
                .regularExpressionFactory(LinearPattern::compile)
                .build();
        return SchemaRegistry.builder()
                .defaultDialectId((draft7 ? DRAFT_7 : DRAFT_2020).getId())
                .dialectRegistry(new BasicDialectRegistry(List.of(DRAFT_2020, DRAFT_7)))
                .schemaLoader(
                        SchemaLoader.builder().allow(CompiledSchema::isAtHand).build())
                .schemaRegistryConfig(config)
                .build();
    }

    private static boolean isAtHand(AbsoluteIri document) {
        if (SchemaWords.isMetaSchema(document.toString())) {
            return true;
        }
        throw new IllegalArgumentException("$ref: `" + document + "` (expected: no reference to another document)");
    }

    private static Dialect dialect(Dialect standard) {
        return Dialect.builder(standard)
                .formats(formats -> {
                    formats.clear();
                    Formats.all().forEach(format -> formats.put(format.getName(), format));
                })
                .keywords(BoundedKeywords.all())
                .build();
    }

    private void warmUp(SchemaWords words) {
        var nodes = JsonNodeFactory.instance;
        var values = new ArrayList<JsonNode>();
        WARMING_TEXTS.forEach(text -> values.add(nodes.textNode(text)));
        values.addAll(List.of(nodes.nullNode(), nodes.numberNode(0), nodes.objectNode(), nodes.arrayNode()));
        for (var inner : List.copyOf(values)) {
            var named = nodes.objectNode();
            words.names().forEach(name -> named.set(name, inner));
            values.add(named);
            values.add(nodes.arrayNode().add(inner).add(named));
        }
        values.forEach(this::errors);
    }

    /**
     * What is wrong with a value, as far as it was looked for; empty when the value is as the schema says.
     *
     * @throws TooCostly when that would take too long to tell
     */
    List<Error> errors(JsonNode value) {
        return plain != null && plain.holds(value) ? List.of() : looked(value);
    }

    /** The same, without the quick look. */
    List<Error> looked(JsonNode value) {
        return errors(value, new Budget(config, Budget.MAX_STEPS));
    }

    private List<Error> errors(JsonNode value, Budget budget) {
        try {
            schema.validate(budget, value);
            return budget.getErrors();
        } catch (StackOverflowError e) {
            throw new TooCostly("the stack is too short");
        } catch (TooCostly e) {
            if (budget.definite().isEmpty()) {
                throw e;
            }
            return budget.definite();
        }
    }
}
