package dev.portcullis.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What operators order of a running gate, through its management endpoint. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract sealed class OrderCommand implements Callable<Integer>
        permits OrderCommand.Revoke, OrderCommand.Deny, OrderCommand.Lift, OrderCommand.Rollback {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Remote remote;

    CommandSpec spec() {
        return spec;
    }

    Remote remote() {
        return remote;
    }

    /** Puts what is named as `WHAT:VALUE` into an order. */
    ObjectNode order(String target, String reason) {
        var colon = target.indexOf(':');
        if (colon < 1) {
            throw new ParameterException(spec.commandLine(), "TARGET: expected WHAT:VALUE, such as subject:alice");
        }
        return TrafficLine.JSON
                .createObjectNode()
                .put("what", target.substring(0, colon))
                .put("value", target.substring(colon + 1))
                .put("reason", reason);
    }

    /** Revokes credentials. */
    @Command(
            name = "revoke",
            description = "Revokes credentials on a running gate: token, subject, client, key or issuer.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Revoke extends OrderCommand {

        @Parameters(paramLabel = "WHAT:VALUE", description = "Whose, such as subject:alice or key:k7x2m9qd04tz.")
        private String target;

        @Option(names = "--reason", required = true, description = "Why.")
        private String reason;

        @Option(names = "--issuer", description = "Only what this issuer has issued.")
        private @Nullable String issuer;

        @Option(names = "--before", paramLabel = "TIME", description = "Only what was issued before; may be `now`.")
        private @Nullable String before;

        @Option(names = "--ttl", paramLabel = "DURATION", description = "For how long; a year unless told otherwise.")
        private @Nullable String ttl;

        @Override
        public Integer call() throws IOException {
            var order = order(target, reason)
                    .put("issuer", issuer)
                    .put("before", before)
                    .put("ttl", ttl);
            return remote().post("revoke", order, spec());
        }
    }

    /** Denies somebody or something for a time. */
    @Command(
            name = "deny",
            aliases = "block",
            description = "Denies an address, subject, client, tenant, route or rule on a running gate for a time.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Deny extends OrderCommand {

        @Parameters(
                paramLabel = "WHAT:VALUE",
                description = "Whom or what, such as client:acme; without WHAT an address or a range.")
        private String target;

        @Option(names = "--reason", required = true, description = "Why.")
        private String reason;

        @Option(names = "--ttl", required = true, paramLabel = "DURATION", description = "For how long, such as 10m.")
        private String ttl;

        @Override
        public Integer call() throws IOException {
            var named = target.matches("(address|subject|client|tenant|route|rule):.*");
            if (!named && target.matches("[^:]*[^0-9A-Fa-f:.][^:]*:.*")) {
                throw new ParameterException(
                        spec().commandLine(),
                        "TARGET: expected WHAT:VALUE with address, subject, client, tenant, route or rule, or an address");
            }
            return remote().post(
                            "deny",
                            order(named ? target : "address:" + target, reason).put("ttl", ttl),
                            spec());
        }
    }

    /** Lifts a denial or a revocation. */
    @Command(name = "lift", description = "Lifts a denial or a revocation on a running gate.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Lift extends OrderCommand {

        @Parameters(paramLabel = "ID", description = "The id that was printed when it was made.")
        private String id;

        @Override
        public Integer call() throws IOException {
            return remote().delete(id, spec());
        }
    }

    /** Goes back to the policies of before the last change. */
    @Command(
            name = "rollback",
            description = "Goes back to the policies that a running gate had before the last change.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Rollback extends OrderCommand {

        @Option(names = "--reason", required = true, description = "Why.")
        private String reason;

        @Override
        public Integer call() throws IOException {
            return remote().post("rollback", TrafficLine.JSON.createObjectNode().put("reason", reason), spec());
        }
    }
}
