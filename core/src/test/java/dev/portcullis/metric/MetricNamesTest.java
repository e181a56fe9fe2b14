package dev.portcullis.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the metrics of the documentation against the names that the code has. */
class MetricNamesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern IN_CODE = Pattern.compile("\"(portcullis_[a-z_]+)\"");
    private static final Pattern IN_DOCUMENTS = Pattern.compile("`(portcullis_[a-z_]+)`");
    private static final Pattern PART = Pattern.compile("_seconds_(count|sum|max)$");

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> PART.matcher(found.group(1)).replaceFirst("_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> inCode() throws IOException {
        return names(IN_CODE, all("core/src/main/java", ".java"));
    }

    /** The text of all files in a folder with this ending. */
    private static String all(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(MetricNamesTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theDocumentationNamesAllMetricsAndNoOthers() throws IOException {
        var names = inCode();

        assertThat(names).hasSizeGreaterThan(30);
        assertThat(names(IN_DOCUMENTS, all("docs", ".md"))).containsAll(names);
        assertThat(names).containsAll(names(IN_DOCUMENTS, read(ROOT.resolve("docs/metrics.md"))));
    }

    @Test
    void aMissingOneIsFoundOut() throws IOException {
        var text = all("docs", ".md").replace("`portcullis_ready`", "");

        assertThat(names(IN_DOCUMENTS, text).containsAll(inCode())).isFalse();
    }
}
