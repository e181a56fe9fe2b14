package dev.portcullis.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Rule;
import dev.portcullis.config.Asked.OnBody;
import dev.portcullis.schema.OpenApi;
import dev.portcullis.schema.ResponseSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Compiles the OpenAPI document that a policy's requests are held against. */
final class OpenApiCompiler {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final int MAX_BYTES = 16 << 20;
    private static final String MERGE = "<<";
    private static final Kind<Optional<Rule.Mode>> RESPONSES = Kind.choice(
            "consequence",
            Map.of(
                    "ignore", Optional.empty(),
                    "observe", Optional.of(Rule.Mode.OBSERVE),
                    "enforce", Optional.of(Rule.Mode.ENFORCE)));
    private static final Kind<Boolean> UNKNOWN = Kind.choice("consequence", Map.of("deny", true, "ignore", false));
    private static final Kind<Boolean> MULTIPART = Kind.choice("consequence", Map.of("verify", true, "ignore", false));
    private static final JsonMapper READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Contents contents;
    private final String policy;
    private final At at;
    private final Rule.Mode mode;

    OpenApiCompiler(Contents contents, String policy, At at, Rule.Mode mode) {
        this.contents = contents;
        this.policy = policy;
        this.at = at.child("openapi");
        this.mode = mode;
    }

    /**
     * How much is judged.
     *
     * @param response how long a response that is judged may be
     * @param parts how long a multipart form may be
     */
    record Bounds(int response, long parts) {}

    /**
     * The rule, made for the length that bodies may have; null when there is none.
     *
     * @param responses takes the rule for responses, where there is one
     */
    @Nullable
    OnBody compile(@Nullable Contract part, Bounds bounds, Consumer<Rule> responses) {
        if (part == null) {
            return null;
        }
        var partMode = at.child("mode").read(part.mode(), Kind.MODE, mode);
        var document = part.document() == null ? null : read(at.child("document"), part.document());
        if (part.document() == null) {
            at.child("document").problem("missing", "write where the document is, such as `classpath:openapi.yml`");
        }
        var built = built(part, document, bounds);
        var held = at.child("responses").read(part.responses(), RESPONSES, Optional.empty());
        if (built == null || document == null) {
            return null;
        }
        if (!built.unknownFormats().isEmpty()) {
            LOG.warn(
                    "openapi of policy {}: formats that nobody checks: {}",
                    policy,
                    built.unknownFormats().stream().sorted().toList());
        }
        held.map(responseMode -> onResponses(built, document, bounds, responseMode))
                .ifPresent(responses);
        return new OnBody(
                Stage.CONTRACT,
                partMode,
                most -> Rule.enforce(policy + ".openapi", built.within(most)).in(partMode));
    }

    private @Nullable Rule onResponses(OpenApi built, JsonNode document, Bounds bounds, Rule.Mode responseMode) {
        var check =
                at.make("", "correct the document", unused -> ResponseSchema.of(built, document, bounds.response()));
        return check == null
                ? null
                : Rule.enforce(policy + ".openapi.response-schema", check).in(responseMode);
    }

    /** The check; null where the document is not there or is none. */
    private @Nullable OpenApi built(Contract part, @Nullable JsonNode document, Bounds bounds) {
        var strict = at.child("unknown-parameters").read(part.unknownParameters(), UNKNOWN, true);
        var complete = at.child("unknown-operations").read(part.unknownOperations(), UNKNOWN, true);
        var apart = at.child("multipart").read(part.multipart(), MULTIPART, true);
        if (document == null) {
            return null;
        }
        return at.make("", "correct the document, or `base-path`", unused -> {
            var builder = OpenApi.builder(document);
            if (part.basePath() != null) {
                builder.basePath(part.basePath().equals("/") ? "" : part.basePath());
            }
            builder = strict ? builder : builder.ignoringUnknownParameters();
            var check = (complete ? builder : builder.ignoringUnknownOperations()).build();
            return apart ? check.withinParts(bounds.parts()) : check.withoutParts();
        });
    }

    /** Tells whether a rule takes multipart forms apart. */
    static boolean takesApart(@Nullable OnBody contract) {
        return contract != null
                && contract.rule().apply(1).check() instanceof OpenApi document
                && document.takesApart();
    }

    private @Nullable JsonNode read(At here, String location) {
        var bytes = contents.bytes(here, location, MAX_BYTES);
        if (bytes == null) {
            return null;
        }
        try {
            return contents.whole(tree(bytes), location, OpenApiCompiler::tree);
        } catch (IllegalArgumentException e) {
            here.problem(At.messageOf(e), "correct the document");
            return null;
        }
    }

    /**
     * What a document in JSON or YAML says.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static JsonNode tree(byte[] bytes) {
        try {
            return isJson(bytes) ? READER.readTree(bytes) : yaml(bytes);
        } catch (JacksonException | YamlEngineException | IllegalArgumentException e) {
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException("neither JSON nor YAML: " + At.shown(reason), e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static boolean isJson(byte[] bytes) {
        for (var octet : bytes) {
            if (octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
                return octet == '{';
            }
        }
        return false;
    }

    private static JsonNode yaml(byte[] bytes) {
        var settings = LoadSettings.builder()
                .setCodePointLimit(MAX_BYTES)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            Object tree = new Load(settings).loadFromString(new String(bytes, StandardCharsets.UTF_8));
            return merged(READER.valueToTree(tree));
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("an alias within what it stands for", e);
        }
    }

    /** The tree with what its mappings take over from others ({@code <<}), which YAML 1.2 knows no more and many documents have. */
    private static JsonNode merged(JsonNode node) {
        for (var inner : node) {
            merged(inner);
        }
        if (node instanceof ObjectNode mapping && mapping.has(MERGE)) {
            var taken = mapping.remove(MERGE);
            (taken.isArray() ? taken : List.of(taken)).forEach(source -> takeOver(source, mapping));
        }
        return node;
    }

    private static void takeOver(JsonNode source, ObjectNode mapping) {
        if (!source.isObject()) {
            throw new IllegalArgumentException("`<<` of what is no mapping");
        }
        source.properties().forEach(entry -> mapping.putIfAbsent(entry.getKey(), entry.getValue()));
    }
}
