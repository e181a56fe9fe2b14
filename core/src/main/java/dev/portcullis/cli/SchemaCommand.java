package dev.portcullis.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.schema.ContractDiff;
import dev.portcullis.schema.OneDocument;
import dev.portcullis.schema.OpenApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is enforced of requests, and where that differs from what is published. */
@Command(
        name = "schema",
        description = "Shows what is enforced of requests, and where that differs from what is published.",
        subcommands = {SchemaCommand.Show.class, SchemaCommand.Diff.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SchemaCommand extends CommandGroup {

    private static final int MAX_BYTES = 16 << 20;
    private static final String ENFORCED =
            "What is enforced: what GET /actuator/portcullis/schema answers, in a file, or an OpenAPI document.";

    private static JsonNode read(Path file) throws IOException {
        var document = tree(file);
        if (document == null || !document.path("openapi").isTextual()) {
            throw new IOException("`" + file + "` is no OpenAPI document");
        }
        try {
            return OneDocument.of(document, String.valueOf(file.getFileName()), path -> beside(file, path));
        } catch (IllegalArgumentException e) {
            throw new IOException("`" + file + "`: " + e.getMessage(), e);
        }
    }

    private static JsonNode beside(Path file, String path) {
        try {
            return tree(file.resolveSibling(path));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("`" + file + "` is too large (expected: at most 16 MiB)");
        }
        var text = Files.readString(file, StandardCharsets.UTF_8);
        var settings = LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
        try {
            return text.stripLeading().startsWith("{")
                    ? new JsonMapper().readTree(text)
                    : new JsonMapper().valueToTree(new Load(settings).loadFromString(text));
        } catch (YamlEngineException | com.fasterxml.jackson.core.JacksonException e) {
            throw new IOException("`" + file + "` is neither JSON nor YAML", e);
        }
    }

    /** Shows the fields of operations. */
    @Command(name = "show", description = "Shows what is enforced of each operation, field by field.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "ENFORCED", description = ENFORCED)
        private Path enforced;

        @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Only operations of this path.")
        private @Nullable String path;

        @Override
        public Integer call() throws IOException {
            var out = spec.commandLine().getOut();
            var shown = 0;
            for (var operation : ContractDiff.fields(read(enforced)).entrySet()) {
                var own = operation.getKey().substring(operation.getKey().indexOf(' ') + 1);
                if (path == null || OpenApi.shape(path).equals(own)) {
                    out.println(operation.getKey());
                    operation.getValue().forEach((field, said) -> out.println("  " + field + "  " + said));
                    shown++;
                }
            }
            return shown == 0 ? Main.FOUND : Main.OK;
        }
    }

    /** Compares what is enforced with what is published. */
    @Command(
            name = "diff",
            description =
                    "Says where what is enforced differs from a published OpenAPI document. Exits with 1 when it does.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Diff implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "PUBLISHED", description = "The published OpenAPI document, in JSON or YAML.")
        private Path published;

        @Option(names = "--enforced", required = true, paramLabel = "FILE", description = ENFORCED)
        private Path enforced;

        @Override
        public Integer call() throws IOException {
            var lines = ContractDiff.between(read(published), read(enforced));
            lines.forEach(spec.commandLine().getOut()::println);
            return lines.isEmpty() ? Main.OK : Main.FOUND;
        }
    }
}
