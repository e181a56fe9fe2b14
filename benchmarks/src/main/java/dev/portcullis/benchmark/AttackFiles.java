package dev.portcullis.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Files of this repository as bodies of JSON, in strings: texts that no processor knows by heart. */
final class AttackFiles {

    /** How long the strings are. */
    private static final int EACH = 500;
    /** How many strings are read of one kind of files. */
    private static final int MOST = 1_000;

    private AttackFiles() {}

    /** The bodies by what they hold, as far as there are such files below the folder; without the strings that are denied. */
    static Map<String, byte[]> below(Path folder, Predicate<byte[]> denied) {
        var bodies = new LinkedHashMap<String, byte[]>();
        add(bodies, "pages of Markdown in this repository", folder.resolve("docs"), ".md", denied);
        add(bodies, "sources of Java in this repository", folder.resolve("core/src/main/java"), ".java", denied);
        return bodies;
    }

    private static void add(
            Map<String, byte[]> bodies, String name, Path folder, String ending, Predicate<byte[]> denied) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var pieces = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                pieces.addAll(pieces(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var passed = pieces.stream()
                .filter(piece -> !denied.test(json(List.of(piece))))
                .limit(MOST)
                .toList();
        bodies.put(name + ", " + passed.size() + " strings", json(passed));
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (var at = 0; at < text.length(); at += EACH) {
            pieces.add(text.substring(at, Math.min(text.length(), at + EACH)));
        }
        return pieces;
    }

    private static byte[] json(List<String> strings) {
        return new JsonMapper().valueToTree(Map.of("items", strings)).toString().getBytes(UTF_8);
    }
}
