package dev.portcullis.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key. */
@Command(
        name = "new",
        description =
                "Makes an API key: prints it this once on the first line, and below what belongs into the configuration.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NewKeyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyOptions options;

    @Option(names = "--client", required = true, description = "The client's name.")
    private String client;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "After how many days the key is over; never unless told otherwise.")
    private @Nullable Integer days;

    @Override
    public Integer call() throws IOException {
        var end = KeyOptions.after(spec, "--days", days);
        var key = FreshKey.draw(options.prefix(spec));
        var out = spec.commandLine().getOut();
        out.println(key.text());
        out.println();
        out.println("clients:");
        out.println("  " + client + ":");
        out.println("    keys:");
        new KeyEntry(key.id(), options.hash(key.text())).expires(end).print(out, 6);
        return Main.OK;
    }
}
