package dev.portcullis.config;

import dev.portcullis.Principal;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.authz.StepUp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How callers must have logged in: everywhere, and where a policy says so. Immutable.
 *
 * @param clock what logins grow old by
 * @param everywhere what is demanded wherever a policy asks who calls; null when nothing is
 */
record StepUps(Clock clock, @Nullable Everywhere everywhere) {

    static final Kind<Principal.Kind> KIND = Kind.choice(
            "sort of caller",
            Map.of(
                    "user", Principal.Kind.USER,
                    "service", Principal.Kind.SERVICE,
                    "client", Principal.Kind.CLIENT));

    /** What is demanded everywhere. */
    record Everywhere(StepUp check, Mode mode, Set<Principal.Kind> kinds) {}

    static StepUps compile(At at, @Nullable StepUpSettings written, Clock clock) {
        if (written == null) {
            return new StepUps(clock, null);
        }
        var check = check(at, written, clock);
        var mode = at.child("mode").read(written.mode(), Kind.MODE, Mode.ENFORCE);
        return new StepUps(clock, check == null ? null : new Everywhere(check, mode, Arrivals.kinds(written.kinds())));
    }

    /** Finds it a problem when nobody who comes by any of these ways can have logged in as is demanded everywhere. */
    void demandLogins(At at, List<String> ways) {
        if (everywhere != null) {
            Arrivals.demandLogins(at, ways, everywhere.kinds());
        }
    }

    /** The rule of one policy; null when there is a problem. */
    @Nullable
    Rule rule(At at, String policy, StepUpSettings written, Mode outer) {
        var check = check(at, written, clock);
        var mode = at.child("mode").read(written.mode(), Kind.MODE, outer);
        return check == null ? null : rule(policy + ".step-up", check, mode);
    }

    /** The rule of all policies that ask who calls, for one of them; null when there is none. It is enforced where both are. */
    @Nullable
    Rule everywhere(String policy, Mode mode) {
        return everywhere == null
                ? null
                : rule(
                        policy + ".step-up-everywhere",
                        everywhere.check(),
                        everywhere.mode() == Mode.OBSERVE ? Mode.OBSERVE : mode);
    }

    private static Rule rule(String name, StepUp check, Mode mode) {
        return Rule.enforce(name, check).in(mode).alsoOn(Dispatch.FORWARD);
    }

    private static @Nullable StepUp check(At at, StepUpSettings written, Clock clock) {
        var age = at.child("max-age").read(written.maxAge(), Kind.DURATION);
        var kinds = kinds(at.child("kinds"), written.kinds());
        var acr = listed(at.child("acr"), written.acr());
        var amr = listed(at.child("amr"), written.amr());
        return at.clean()
                ? at.make(
                        "",
                        "write `acr: [...]`, `amr: [otp]` or `max-age: 10m`",
                        unused -> StepUp.of(new StepUp.Demands(acr, amr, age, kinds), clock))
                : null;
    }

    private static List<String> listed(At at, @Nullable List<String> words) {
        if (words != null && words.isEmpty()) {
            at.problem("an empty list", "name what is demanded, or remove the key");
        }
        return words == null ? List.of() : new ArrayList<>(words);
    }

    private static Set<Principal.Kind> kinds(At at, @Nullable List<String> words) {
        var kinds = new HashSet<Principal.Kind>();
        var all = listed(at, words);
        for (var i = 0; i < all.size(); i++) {
            var kind = at.item(i).read(all.get(i), KIND);
            if (kind != null) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
