package dev.portcullis.config;

import java.util.Set;
import java.util.regex.Pattern;

/** The names that operators choose: they stand in rules' names, logs and metrics. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Set<String> TAKEN =
            Set.of("otherwise", "protocol", "other-methods", "unknown", "route", "concurrency", InternalPaths.NAME);

    private Names() {}

    /** Finds it a problem when a name cannot be one. */
    static boolean demand(At at, String name) {
        if (NAME.matcher(name).matches()) {
            return true;
        }
        at.problem("`" + At.shown(name) + "` (expected: a name)", "write letters, digits, `-` and `_`, at most 64");
        return false;
    }

    /** Finds it a problem when a policy cannot have the name. */
    static void demandPolicy(At at, String name) {
        if (demand(at, name) && TAKEN.contains(name)) {
            at.problem("`" + name + "` is the name of a rule that is always there", "choose another name");
        }
    }
}
