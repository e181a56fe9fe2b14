package dev.portcullis.config;

import dev.portcullis.config.DenialSettings.Listed;
import dev.portcullis.denial.Denial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The denials of a file. */
final class DenialFile {

    private static final int MAX_SHOWN = 10;

    private DenialFile() {}

    /** The denials of the file; none when it has a problem, which is found. */
    static List<Denial> first(At at, Path path) {
        try {
            return read(path);
        } catch (IOException | ConfigurationException e) {
            at.problem("`" + At.shown(path.toString()) + "`: " + said(e), "correct the file, or remove the key");
            return List.of();
        }
    }

    /**
     * The denials of the file.
     *
     * @throws IOException when it cannot be read
     * @throws ConfigurationException when anything in it is wrong
     */
    static List<Denial> read(Path path) throws IOException {
        if (Files.size(path) > 4L * YamlReader.MAX_LENGTH) {
            throw new IOException("too large (expected: at most 1 MiB)");
        }
        var text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        var problems = new Problems(Places.UNKNOWN);
        var binding = new Binding(String.valueOf(path.getFileName()), new Variables(System::getenv));
        var written = binding.bind(Listed.class, tree(text), "");
        problems.with(binding.problems()).throwIfAny();
        if (written == null || written.entries() == null) {
            throw new IOException("no `entries`: to have none, write `entries: []`");
        }
        var denials = DenialCompiler.entries(new At(problems, "entries"), written.entries(), "file");
        problems.throwIfAny();
        return denials;
    }

    private static Tree tree(String text) throws IOException {
        try {
            return YamlReader.read(text);
        } catch (YamlReader.Unreadable e) {
            throw new IOException(e.place() + ": " + e.getMessage(), e);
        }
    }

    static String said(Exception e) {
        if (e instanceof ConfigurationException broken) {
            return broken.problems().stream()
                    .limit(MAX_SHOWN)
                    .map(problem -> problem.key() + ": " + problem.message())
                    .collect(Collectors.joining("; "));
        }
        return e instanceof NoSuchFileException ? "no such file" : At.shown(At.messageOf(e));
    }
}
