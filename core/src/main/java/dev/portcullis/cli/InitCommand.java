package dev.portcullis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a safe policy file to start with. */
@Command(name = "init", description = "Writes a safe policy file to start with. It overwrites nothing.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            defaultValue = "portcullis.yml",
            description = "The file to write; ${DEFAULT-VALUE} where none is named.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        try {
            Files.writeString(file, starter(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            spec.commandLine().getErr().println("`" + file + "` is there already, and was left as it is");
            return Main.FOUND;
        }
        spec.commandLine().getOut().println("wrote `" + file + "`; check it with `portcullis lint " + file + "`");
        return Main.OK;
    }

    private static String starter() throws IOException {
        try (InputStream stream = InitCommand.class.getResourceAsStream("starter.yml")) {
            return new String(Objects.requireNonNull(stream, "starter.yml").readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
