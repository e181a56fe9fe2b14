package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.config.Tree.Members;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read from a YAML file: what is written, where, and what could not be read. Immutable.
 *
 * <p>The tree stands under {@code portcullis:}, or alone. {@code ${NAME}} and {@code ${NAME:default}} in values stand for
 * environment variables. Keys that do not exist and keys that are written twice are problems. At most 1 MiB is read, 32 levels
 * deep. Hand it to a {@link Gate}, which reports these problems together with its own.
 *
 * @param configuration what is written, as far as it could be read
 * @param places where each key is written
 * @param problems what could not be read
 */
public record PolicyFile(Configuration configuration, Places places, List<Problem> problems) {

    private static final String ROOT = "portcullis";

    /** Copies the problems. */
    public PolicyFile {
        requireNonNull(configuration, "configuration");
        requireNonNull(places, "places");
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file with this process's environment variables.
     *
     * @throws IOException when the file cannot be read
     * @throws ConfigurationException when it is no YAML in UTF-8
     */
    public static PolicyFile read(Path path) throws IOException {
        if (Files.size(path) > 4L * YamlReader.MAX_LENGTH) {
            throw unreadable(
                    path + ":1:1", "the file is too large (expected: at most 1 MiB)", "split it, or write it shorter");
        }
        if (String.valueOf(path.getFileName()).endsWith(".properties")) {
            throw unreadable(
                    path + ":1:1",
                    "properties (expected: YAML)",
                    "write the same keys as a tree, in `application.yml`");
        }
        var bytes = Files.readAllBytes(path);
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(String.valueOf(path.getFileName()), text, System::getenv);
        } catch (CharacterCodingException e) {
            throw unreadable(path + ":1:1", "not UTF-8", "save it as UTF-8");
        }
    }

    /**
     * Reads the text of a file. Of the properties of a Spring Boot application, by the name {@code application.yml} or {@code
     * application-PROFILE.yml}, what stands under {@code portcullis} is read.
     *
     * @param file the name to be shown to operators
     * @param environment gives an environment variable's value, or null
     * @throws ConfigurationException when the text is no YAML
     */
    public static PolicyFile parse(String file, String text, UnaryOperator<@Nullable String> environment) {
        requireNonNull(environment, "environment");
        requireNonNull(file, "file");
        try {
            var tree = YamlReader.read(text);
            var application = ApplicationFile.of(file, tree, environment);
            var root = application == null ? rootOf(tree) : application.configuration();
            var variables = application == null ? new Variables(environment) : application.variables();
            var binding = new Binding(file, variables);
            var configuration = binding.bind(Configuration.class, root, "");
            return new PolicyFile(
                    configuration == null ? Configuration.empty() : configuration, binding, binding.problems());
        } catch (YamlReader.Unreadable e) {
            throw unreadable(file + ":" + e.place(), String.valueOf(e.getMessage()), e.help());
        }
    }

    private static Tree rootOf(Tree tree) {
        var members = tree instanceof Members root ? root.members() : List.<Tree.Member>of();
        var wrapped = members.size() == 1 && members.get(0).key().value().equals(ROOT);
        return wrapped ? members.get(0).value() : tree;
    }

    private static ConfigurationException unreadable(String place, String message, String help) {
        return new ConfigurationException(List.of(new Problem("", place, message, help)));
    }
}
