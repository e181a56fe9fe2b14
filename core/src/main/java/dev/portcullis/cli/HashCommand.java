package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the digest of a policy file. */
@Command(name = "hash", description = "Prints the digest under which a policy file's decisions are logged.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HashCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        try (var session = PolicyOption.session(file)) {
            spec.commandLine().getOut().println(session.digest());
        }
        return Main.OK;
    }
}
