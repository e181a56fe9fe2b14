package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code portcullis}.
 *
 * <p>It exits with 0 when all is well, with 1 when something was found or failed, and with 2 when it was used wrongly.
 */
@Command(
        name = "portcullis",
        description = "Checks, explains and replays policies.",
        subcommands = {
            LintCommand.class,
            ExplainCommand.class,
            ReplayCommand.class,
            InitCommand.class,
            HashCommand.class,
            KeysCommand.class,
            BundleCommand.class,
            RoutesCommand.class,
            SchemaCommand.class,
            TokenCommand.class,
            ReportCommand.class,
            AttackCommand.class,
            AttacksCommand.class,
            OrderCommand.Revoke.class,
            OrderCommand.Deny.class,
            OrderCommand.Lift.class,
            OrderCommand.Rollback.class
        })
public final class Main implements Runnable {

    /** The exit code when all is well. */
    public static final int OK = 0;

    /** The exit code when something was found or failed. */
    public static final int FOUND = 1;

    /** The exit code when the command was used wrongly. */
    public static final int USAGE = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Says how a command is used.")
    @SuppressWarnings("UnusedVariable") // picocli reads its declaration
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Main() {}

    /** Runs a command and exits. */
    public static void main(String[] arguments) {
        System.exit(run(writer(System.out), writer(System.err), arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, UTF_8);
    }

    /** Runs a command that writes to these, and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        var line = new CommandLine(new Main()).setOut(out).setErr(err);
        line.setExecutionExceptionHandler((e, command, parsed) -> tell(e, command.getErr()));
        line.setParameterExceptionHandler((e, given) -> misused(e));
        var code = line.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private static int tell(Exception e, PrintWriter err) throws Exception {
        if (e instanceof ConfigurationException) {
            err.println(e.getMessage());
        } else if (e instanceof NoSuchFileException missing) {
            err.println("no such file: `" + missing.getFile() + "`");
        } else if (e instanceof IOException) {
            err.println("cannot read or write: " + e.getMessage());
        } else {
            throw e;
        }
        return FOUND;
    }

    private static int misused(ParameterException e) {
        var command = e.getCommandLine();
        command.getErr().println(e.getMessage());
        command.usage(command.getErr());
        return USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command");
    }
}
