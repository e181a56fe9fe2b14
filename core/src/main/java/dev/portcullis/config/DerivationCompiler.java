package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.config.Asked.OnBody;
import dev.portcullis.schema.Derived;
import dev.portcullis.schema.Derived.Leniency;
import dev.portcullis.schema.Signature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles what a policy says of contracts that are derived from handlers. */
final class DerivationCompiler {

    private static final Kind<Optional<Mode>> MODE = Kind.choice(
            "mode",
            Map.of(
                    "off",
                    Optional.empty(),
                    // what YAML 1.1 makes of a plain `off`
                    "false",
                    Optional.empty(),
                    "observe",
                    Optional.of(Mode.OBSERVE),
                    "enforce",
                    Optional.of(Mode.ENFORCE)));
    private static final Kind<Boolean> CONVERSIONS = Kind.choice("consequence", Map.of("allow", true, "deny", false));
    private static final Kind<Boolean> UNKNOWN = Kind.choice("consequence", Map.of("ignore", true, "deny", false));

    static final String RULE = ".derived";

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    private DerivationCompiler() {}

    /** How a policy holds its handlers to their own types. */
    record Held(String policy, At at, Mode mode, Leniency leniency) {

        /** The rule for a handler; null when its schemas cannot be held against requests, which is a problem. */
        @Nullable
        OnBody of(Signature signature) {
            var built = at.make(
                    "",
                    "set `mode: off` for its policy, and report the type",
                    unused -> Derived.of(signature, leniency));
            return built == null
                    ? null
                    : new OnBody(
                            Stage.CONTRACT,
                            mode,
                            bound -> Rule.enforce(policy + RULE, built.within(bound))
                                    .in(mode));
        }
    }

    /** Says so where nobody has handed in handlers of which anything could be derived. */
    static void tell(Configuration written, @Nullable List<Endpoint> handlers) {
        var policies = handlers == null ? written.policies() : null;
        if (policies != null && policies.values().stream().anyMatch(policy -> policy.derive() != null)) {
            LOG.warn(
                    "nothing is derived: policies say `derive`, and there are no handlers of which it is known what they read");
        }
    }

    static @Nullable Held compile(At at, String policy, @Nullable Derivation part) {
        if (part == null) {
            return null;
        }
        var mode = at.child("mode").read(part.mode(), MODE, Optional.of(Mode.OBSERVE));
        var leniency = new Leniency(
                at.child("conversions").read(part.conversions(), CONVERSIONS, true),
                at.child("unknown-parameters").read(part.unknownParameters(), UNKNOWN, true),
                at.child("unknown-properties").read(part.unknownProperties(), UNKNOWN, true));
        return mode.map(own -> new Held(policy, at, own, leniency)).orElse(null);
    }
}
