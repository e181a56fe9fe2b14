package dev.portcullis.cli;

import dev.portcullis.config.ClientKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key that replaces another one of the same id, beside which it works for a while. */
@Command(
        name = "rotate",
        description = {
            "Makes an API key that replaces the one with this id: prints it this once on the first line, and below what belongs",
            "into the configuration. Both keys work until the overlap is over."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RotateKeyCommand implements Callable<Integer> {

    private static final int SOON = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyOptions options;

    @Parameters(paramLabel = "ID", description = "The id of the key: what stands between `prefix_` and `.secret`.")
    private String id;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy file in which the old key is.")
    private @Nullable Path policy;

    @Option(
            names = "--hash",
            paramLabel = "HASH",
            description = "The hash of the old key, where it is not in a policy file.")
    private @Nullable String hash;

    @Option(
            names = "--overlap",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "For how many days the old key still works; ${DEFAULT-VALUE} unless told otherwise.")
    private int overlap;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "After how many days the new key is over; when the old one would be unless told otherwise.")
    private @Nullable Integer days;

    @Override
    public Integer call() throws IOException {
        var written = hash == null ? written() : null;
        var old = written == null ? hash : written.hash();
        if (old == null) {
            spec.commandLine().getErr().println("no key with the id `" + id + "`");
            return Main.FOUND;
        }
        if (overlap < 0) {
            throw new ParameterException(spec.commandLine(), "--overlap: " + overlap + " (expected: 0 or more)");
        }
        var asked = KeyOptions.after(spec, "--days", days);
        var end = asked == null && written != null ? written.expires() : asked;
        var key = FreshKey.draw(options.prefix(spec), id);
        var out = spec.commandLine().getOut();
        out.println(key.text());
        out.println();
        new KeyEntry(id, options.hash(key.text()))
                .expires(end)
                .replacing(old, overlap, written)
                .print(out, 0);
        warn(end);
        return Main.OK;
    }

    private void warn(@Nullable String end) {
        var err = spec.commandLine().getErr();
        if (end == null) {
            err.println("the key works for ever: --days says how long it may");
        } else if (end.compareTo(KeyEntry.inDays(SOON)) < 0) {
            err.println(
                    "the key is over on " + end + ", as the old one would have been: --days says how long it may work");
        }
    }

    private @Nullable ClientKey written() throws IOException {
        if (policy == null) {
            throw new ParameterException(spec.commandLine(), "neither --policy nor --hash");
        }
        var clients = PolicyOption.read(policy).configuration().clients();
        if (clients == null) {
            return null;
        }
        return clients.values().stream()
                .map(client -> client.keys() == null ? Map.<String, ClientKey>of() : client.keys())
                .map(keys -> keys.get(id))
                .filter(key -> key != null && key.hash() != null)
                .findFirst()
                .orElse(null);
    }
}
