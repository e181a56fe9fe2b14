package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the table of codes in the README against the replies that the code makes. */
class ReplyCodesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LITERAL = Pattern.compile("Reply\\.problem\\(\\s*(\\d{3}), \"([a-z-]+)\"");
    private static final Pattern NAMED =
            Pattern.compile("(?:Reply\\.problem|new Reply)\\((\\d{3}), (?:([A-Z]\\w+)\\.)?([A-Z_]+)\\b");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\| (.+) \\|$");

    @Test
    void theReadmeListsExactlyTheCodesThatThereAre() throws IOException {
        assertThat(listed(Files.readString(ROOT.resolve("README.md")))).isEqualTo(made());
    }

    @Test
    void aMissingRowIsFoundOut() throws IOException {
        var text = Files.readString(ROOT.resolve("README.md")).replaceFirst("(?m)^\\| `no-policy`.*$", "");

        assertThat(listed(text)).isNotEqualTo(made());
    }

    private static Map<String, Integer> listed(String readme) {
        var codes = new TreeMap<String, Integer>();
        ROW.matcher(readme).results().forEach(row -> codes.put(row.group(1), Integer.valueOf(row.group(2))));
        return codes;
    }

    private static Map<String, Integer> made() throws IOException {
        var codes = new TreeMap<String, Integer>();
        for (var module : new String[] {"core", "servlet-adapter", "spring-adapter"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> collect(file, codes));
            }
        }
        return codes;
    }

    private static void collect(Path file, Map<String, Integer> codes) {
        try {
            var text = Files.readString(file);
            LITERAL.matcher(text)
                    .results()
                    .forEach(reply -> codes.put(reply.group(2), Integer.valueOf(reply.group(1))));
            NAMED.matcher(text)
                    .results()
                    .forEach(reply -> codes.put(
                            constant(reply.group(3), read(file, reply.group(2))), Integer.valueOf(reply.group(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source that declares a constant: the same, or that of a type beside it. */
    private static String read(Path file, @Nullable String type) {
        try {
            return Files.readString(type == null ? file : file.resolveSibling(type + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String constant(String name, String text) {
        var found = Pattern.compile(name + " = \"([a-z-]+)\"").matcher(text);
        assertThat(found.find()).as("the constant " + name).isTrue();
        return found.group(1);
    }
}
