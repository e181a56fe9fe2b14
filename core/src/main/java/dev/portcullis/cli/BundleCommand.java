package dev.portcullis.cli;

import dev.portcullis.config.BundleKeys;
import dev.portcullis.config.BundleSource;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs policy files that many services ask. */
@Command(
        name = "bundle",
        description = "Signs policy files, so that services take them from wherever they come.",
        subcommands = {BundleCommand.Sign.class, BundleCommand.Verify.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BundleCommand extends CommandGroup {

    /** Writes the signature beside a policy file. */
    @Command(
            name = "sign",
            description =
                    "Writes FILE.sig, which says that the holder of a key stands for the file as it is. A file with an error is not signed.")
    static final class Sign implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The policy file.")
        private Path file;

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "The private key, as `openssl genpkey -algorithm ed25519` writes it.")
        private Path key;

        @Option(
                names = "--serial",
                paramLabel = "NUMBER",
                description = "A number larger than all before; the time in milliseconds unless told otherwise.")
        private @Nullable Long serial;

        @Override
        public Integer call() throws IOException {
            var bytes = Files.readAllBytes(file);
            try (var session = PolicyOption.session(file)) {
                var number = serial == null ? Clock.systemUTC().millis() : serial;
                var line = PolicyBundle.sign(bytes, number, BundleKeys.privateKey(Files.readString(key)));
                Files.writeString(file.resolveSibling(file.getFileName() + PolicyBundle.SUFFIX), line);
                spec.commandLine().getOut().println("serial " + number + ", digest " + session.digest());
                return Main.OK;
            } catch (IllegalArgumentException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return Main.FOUND;
            }
        }
    }

    /** Holds a policy file against its signature. */
    @Command(name = "verify", description = "Tells whether FILE.sig says that the holder of a key stands for FILE.")
    static final class Verify implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The policy file.")
        private Path file;

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "The public key, as `openssl pkey -pubout` writes it.")
        private Path key;

        @Override
        public Integer call() throws IOException {
            try {
                var trusted = BundleKeys.publicKey(Files.readString(key));
                var bundle = PolicyBundle.open(BundleSource.file(file).get(), trusted, System::getenv);
                spec.commandLine().getOut().println("good, serial " + bundle.serial());
                return Main.OK;
            } catch (ConfigurationException | IllegalArgumentException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return Main.FOUND;
            }
        }
    }
}
