package dev.portcullis.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
        var key = FreshKey.draw(options.prefix(spec));
        var out = spec.commandLine().getOut();
        out.println(key.text());
        out.println();
        out.println("clients:");
        out.println("  " + client + ":");
        out.println("    keys:");
        out.println("      " + key.id() + ":");
        out.println("        hash: \"" + options.hash(key.text()) + "\"");
        if (days != null) {
            out.println("        expires: " + LocalDate.now(ZoneOffset.UTC).plusDays(days));
        }
        return Main.OK;
    }
}
