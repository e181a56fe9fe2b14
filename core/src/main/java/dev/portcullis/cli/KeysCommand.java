package dev.portcullis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Works with API keys. */
@Command(
        name = "keys",
        description = "Works with API keys.",
        subcommands = {NewKeyCommand.class, RotateKeyCommand.class, KeysCommand.HashKey.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysCommand extends CommandGroup {

    /** Prints what stands for a key in a policy file. */
    @Command(
            name = "hash",
            description = "Reads an API key from the standard input and prints what stands for it in a policy file.")
    static final class HashKey implements Callable<Integer> {

        /** 128 bits in base 62. */
        private static final int LEAST = 22;

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--pepper-file",
                paramLabel = "FILE",
                description = "A file with the value of api-key.pepper; its last line end does not count.")
        private @Nullable Path pepperFile;

        @Override
        public Integer call() throws IOException {
            var key = Lines.of(System.in).next();
            try {
                warn(key == null ? "" : key.strip());
                spec.commandLine().getOut().println(KeyOptions.hash(key == null ? "" : key.strip(), pepperFile));
                return Main.OK;
            } catch (IllegalArgumentException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return Main.FOUND;
            }
        }

        private void warn(String key) {
            if (!key.isEmpty() && key.length() < LEAST) {
                spec.commandLine()
                        .getErr()
                        .println("shorter than " + LEAST
                                + " characters: a key is at least 128 bits of randomness, or it can be guessed");
            }
        }
    }
}
