package dev.portcullis.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the tables of the page on authorization against the language. */
class ReferenceTest {

    private static final Path PAGE =
            Path.of("").toAbsolutePath().resolveSibling("docs").resolve("authorization.md");
    private static final String COMMAND =
            "mvn -Pfast -pl core -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dportcullis.write=true";

    @Test
    void listsEveryAttribute() throws IOException {
        var rows = new TreeMap<String, String>();
        Attribute.ALL.forEach(
                (name, one) -> rows.put(name, "| `" + name + "` | " + is(one) + " | " + one.meaning() + " |\n"));
        var types = Map.of("body", "anything", "path", "a text");
        Attribute.BY_NAME.forEach((name, meaning) -> {
            var written = name.startsWith("request") ? name + "['NAME']" : name + ".NAME";
            rows.put(written, "| `" + written + "` | " + types.getOrDefault(name, "a text") + " | " + meaning + " |\n");
        });
        demand("attributes", "| attribute | is | meaning |\n|---|---|---|\n" + String.join("", rows.values()));
    }

    private static String is(Attribute one) {
        return one.oneOf().isEmpty()
                ? one.type().phrase()
                : one.oneOf().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    @Test
    void listsEveryFunction() throws IOException {
        var rows = Calls.ALL.entrySet().stream()
                .map(row -> "| `" + row.getKey() + "` | " + row.getValue() + " |\n")
                .collect(Collectors.joining());
        demand("functions", "| function | meaning |\n|---|---|\n" + rows);
    }

    private static void demand(String name, String table) throws IOException {
        var text = Files.readString(PAGE);
        var start = text.indexOf("\n", text.indexOf("<!-- " + name + ":")) + 1;
        var end = text.indexOf("<!-- " + name + " end -->");
        if (Boolean.getBoolean("portcullis.write")) {
            Files.writeString(PAGE, text.substring(0, start) + table + text.substring(end));
        } else {
            assertThat(text.substring(start, end))
                    .as("write it anew: " + COMMAND)
                    .isEqualTo(table);
        }
    }
}
