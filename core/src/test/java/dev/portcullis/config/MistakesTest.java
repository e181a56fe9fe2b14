package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every mistake an operator can make, with what is said of it.
 *
 * <p>The table stands in {@code mistakes.txt}: a name after {@code ##}, the file, and after {@code --} the problems as they are
 * printed.
 */
class MistakesTest {

    private static final int AT_LEAST = 300;
    private static final String ALL_AT_THE_TOP = "(keys here are `mode`), .*, (`policies`)";

    private record Mistake(String name, String yaml, String expected) {}

    private static List<Mistake> table() throws Exception {
        String text;
        try (var stream = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        var mistakes = new ArrayList<Mistake>();
        for (var entry : text.split("(?m)^## ")) {
            var parts = entry.split("(?m)^--\n", 2);
            if (parts.length == 2) {
                var nameEnd = parts[0].indexOf('\n');
                mistakes.add(
                        new Mistake(parts[0].substring(0, nameEnd), parts[0].substring(nameEnd + 1), parts[1].strip()));
            }
        }
        return mistakes;
    }

    @TestFactory
    Stream<DynamicTest> isSaidWithItsPlaceAndHelp() throws Exception {
        return table().stream()
                .map(mistake -> DynamicTest.dynamicTest(
                        mistake.name(), () -> assertThat(said(mistake.yaml())).isEqualTo(mistake.expected())));
    }

    @Test
    void areManyAndNamedOnce() throws Exception {
        assertThat(table()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        assertThat(table()).extracting(Mistake::name).doesNotHaveDuplicates();
    }

    @Test
    void areSaidWithHelpAndWithoutSecrets() throws Exception {
        assertThat(table())
                .allSatisfy(mistake ->
                        assertThat(mistake.expected()).contains("p.yml:").contains("\n  help: "));
        assertThat(table())
                .noneSatisfy(mistake -> assertThat(mistake.expected()).contains("s3cr3t"));
        assertThat(table()).anySatisfy(mistake -> assertThat(mistake.yaml()).contains("s3cr3t"));
    }

    @Test
    void areSaidAllAtOnce() {
        var yaml = "otherwise: maybe\nmode: on\nissuers: { x: {} }\npolicies:\n  a: { paths: [api], colour: red }\n";
        assertThat(said(yaml).lines().filter(line -> !line.startsWith("  "))).hasSize(6);
    }

    private static String said(String yaml) {
        var exception = catchThrowableOfType(ConfigurationException.class, () -> {
            var file = PolicyFile.parse("p.yml", yaml, Map.of("SET", "60", "EMPTY", "")::get);
            Gate.builder(file)
                    .resources(Resources.in(Path.of("."), MistakesTest.class.getClassLoader()))
                    .build()
                    .close();
        });
        if (exception == null) {
            return "no problem";
        }
        var said = exception.problems().stream().map(Problem::toString).toList();
        return String.join("\n", said).replaceAll(ALL_AT_THE_TOP, "$1, ..., $2");
    }
}
