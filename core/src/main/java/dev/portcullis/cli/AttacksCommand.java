package dev.portcullis.cli;

import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Catalogue;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what the detectors of attacks look for, and learns what they should not look at. */
@Command(
        name = "attacks",
        description = "Says what the detectors of attacks look for, and learns what they should not look at.",
        subcommands = {AttacksCommand.Detectors.class, LearnCommand.class})
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class AttacksCommand extends CommandGroup {

    /** Lists the detectors. */
    @Command(
            name = "list",
            description =
                    "Lists the detectors by their ids, with their version and the first level at which the example is denied.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Detectors implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(names = "--ids", description = "Only the ids.")
        private boolean ids;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            if (ids) {
                Attacks.detectors().forEach(out::println);
                return Main.OK;
            }
            var entries = Catalogue.entries();
            out.println(entries.size() + " detectors, version " + Attacks.version());
            for (var entry : entries) {
                out.println();
                out.println(entry.id() + "  (" + entry.level().name().toLowerCase(Locale.ROOT) + ")");
                out.println("  looks for: " + entry.looksFor());
                out.println("  does not:  " + entry.doesNot());
                out.println("  caught:    " + entry.caught());
                out.println("  lets pass: " + entry.letThrough());
            }
            return Main.OK;
        }
    }
}
