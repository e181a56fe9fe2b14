package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;

/** The mistakes that are known of policy files, in an {@code application.yml}: each is named by the same key, with its place. */
class MistakesTest {

    private static final int AT_LEAST = 290;

    /** What is no mistake in Spring's properties, is found by Spring itself, or is named by a key below or above. */
    private static final Set<String> OTHERWISE = Set.of(
            // Spring reads YAML 1.1 with merge keys and `yes`, and binds relaxed names, single values and names without
            // signs.
            "a merge key",
            "an unknown key in camel case",
            "one value where a list is expected",
            "public that is no switch",
            "a policy whose name is none",
            "other trees beside portcullis",
            // Spring's own reader stops at these.
            "a key twice",
            "a policy twice",
            // The key below is named.
            "a list where keys are expected",
            "a list where one value is expected",
            "keys where one value is expected",
            "optional credentials of nobody",
            "brute force without number",
            // No client of Redis is there.
            "a Redis at no address",
            // Nothing else stands in the document, so that Spring makes no property of it at all.
            "a signing key of which nothing is said");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> areNamedByTheSameKeys() throws IOException {
        return Mistake.table().stream()
                .filter(mistake -> !OTHERWISE.contains(mistake.name()))
                .map(mistake -> DynamicTest.dynamicTest(
                        mistake.name(), () -> assertThat(said(mistake.yaml())).containsAll(mistake.keys())));
    }

    @Test
    void areMany() throws IOException {
        assertThat(Mistake.table()).hasSizeGreaterThan(AT_LEAST);
        assertThat(Mistake.table()).extracting(Mistake::name).containsAll(OTHERWISE);
    }

    private Set<String> said(String yaml) throws IOException {
        var file = Files.writeString(
                folder.resolve("application.yml"),
                yaml.startsWith("portcullis:") ? yaml : "portcullis:\n" + yaml.indent(2));
        return Mistake.said(new YamlPropertySourceLoader().load("file", new FileSystemResource(file))).stream()
                .map(Problem::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
