package dev.portcullis.cli;

import dev.portcullis.config.ApiKeyHash;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works with API keys. */
@Command(name = "keys", description = "Works with API keys.", subcommands = KeysCommand.HashKey.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command");
    }

    /** Prints what stands for a key in a policy file. */
    @Command(
            name = "hash",
            description = "Reads an API key from the standard input and prints what stands for it in a policy file.")
    static final class HashKey implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            var key = Lines.of(System.in).next();
            try {
                spec.commandLine().getOut().println(ApiKeyHash.of(key == null ? "" : key.strip()));
                return Main.OK;
            } catch (IllegalArgumentException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return Main.FOUND;
            }
        }
    }
}
