package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.respond.Sunset;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles how long something will be there.
 *
 * @param at the policy
 * @param clock by what time
 */
record SunsetCompiler(At at, Clock clock) {

    static final String NAME = "sunset";

    /** What the policy says; null when it says nothing. */
    @Nullable
    Rule compile(Policy policy, String name, Mode mode) {
        if (policy.deprecated() == null && policy.sunset() == null) {
            if (policy.sunsetLink() != null) {
                at.child("sunset-link").problem("without a date", "write `deprecated` or `sunset` as well");
            }
            return null;
        }
        var deprecated = at.child("deprecated").read(policy.deprecated(), Kind.TIME);
        var sunset = at.child(NAME).read(policy.sunset(), Kind.TIME);
        if (deprecated == null && sunset == null) {
            return null;
        }
        var dates = at.child(policy.sunset() == null ? "deprecated" : NAME)
                .make(
                        "",
                        "write `deprecated`, a later `sunset`, and an address as `sunset-link`",
                        any -> new Sunset.Dates(deprecated, sunset, policy.sunsetLink()));
        return dates == null
                ? null
                : Rule.enforce(name + "." + NAME, new Sunset(clock, dates)).in(mode);
    }

    /** One rule for those of several words: the earliest dates hold. Null when there are none. */
    static @Nullable Rule together(List<Rule> rules) {
        var all = rules.stream()
                .map(Rule::check)
                .filter(Sunset.class::isInstance)
                .map(Sunset.class::cast)
                .reduce(Sunset::and);
        return all.map(sunset -> {
                    var nearest = rules.get(rules.size() - 1);
                    return Rule.enforce(nearest.name(), sunset).in(nearest.mode());
                })
                .orElse(null);
    }
}
