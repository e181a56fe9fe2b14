package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.config.ApiKeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the commands that make keys have in common. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeyOptions {

    private static final int MAX_DAYS = 3660;

    @Option(
            names = "--prefix",
            defaultValue = FreshKey.PREFIX,
            description = "What the key begins with, such as acme_live; ${DEFAULT-VALUE} unless told otherwise.")
    private String prefix;

    @Option(
            names = "--pepper-file",
            paramLabel = "FILE",
            description = "A file with the value of api-key.pepper; its last line end does not count.")
    private @Nullable Path pepperFile;

    /** The prefix that was asked for. */
    String prefix(CommandSpec spec) {
        if (!prefix.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")) {
            throw new ParameterException(
                    spec.commandLine(), "--prefix: letters, digits, `_` and `-`, at most 32 (expected)");
        }
        return prefix;
    }

    /** The day in UTC after so many days, which is not today; null for null. */
    static @Nullable String after(CommandSpec spec, String name, @Nullable Integer days) {
        if (days == null) {
            return null;
        }
        if (days < 1 || days > MAX_DAYS) {
            throw new ParameterException(spec.commandLine(), name + ": " + days + " (expected: 1 to " + MAX_DAYS + ")");
        }
        return KeyEntry.inDays(days);
    }

    /** What stands for a key in a configuration. */
    String hash(String key) throws IOException {
        return hash(key, pepperFile);
    }

    static String hash(String key, @Nullable Path pepperFile) throws IOException {
        if (pepperFile == null) {
            return ApiKeyHash.of(key);
        }
        return ApiKeyHash.of(key, Files.readString(pepperFile, UTF_8).stripTrailing());
    }
}
