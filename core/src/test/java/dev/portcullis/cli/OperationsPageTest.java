package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** Holds the table of commands in the operations page against the commands that there are. */
class OperationsPageTest {

    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("operations.md");

    private static List<String> commands() {
        var names = new ArrayList<String>();
        collect("", Main.class, names);
        return names;
    }

    private static void collect(String before, Class<?> type, List<String> names) {
        for (var inner : type.getAnnotation(Command.class).subcommands()) {
            var command = inner.getAnnotation(Command.class);
            if (command.subcommands().length == 0) {
                names.add(before + command.name());
            }
            collect(before + command.name() + " ", inner, names);
        }
    }

    private static List<String> missing(String page) {
        return commands().stream().filter(name -> !page.contains("`" + name)).toList();
    }

    @Test
    void theTableNamesEveryCommand() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(20);
        assertThat(missing(Files.readString(PAGE))).isEmpty();
    }

    @Test
    void aCommandThatIsLeftOutIsFoundOut() throws IOException {
        var without = Files.readString(PAGE).replace("`schema diff`", "");

        assertThat(missing(without)).containsExactly("schema diff");
    }
}
