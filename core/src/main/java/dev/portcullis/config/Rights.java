package dev.portcullis.config;

import dev.portcullis.Address;
import dev.portcullis.authz.PathVariables;
import dev.portcullis.authz.Roles;
import dev.portcullis.authz.Vocabulary;
import dev.portcullis.ip.Countries;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all policies' demands on callers stand on. Immutable.
 *
 * @param hierarchy which roles make up for which others
 * @param authorizers the application's own decisions
 * @param stepUps how callers must have logged in
 * @param callouts what servers are asked by
 * @param countries who tells the countries of addresses; null: nobody
 */
record Rights(
        Roles hierarchy,
        Authorizers authorizers,
        StepUps stepUps,
        Callouts callouts,
        @Nullable Countries countries) {

    /** What conditions can speak of. */
    Vocabulary vocabulary(PathVariables variables, Conduct conduct) {
        return new Vocabulary(
                hierarchy,
                variables,
                Rights::range,
                conduct::risk,
                countries == null ? null : countries::of,
                conduct::crawler);
    }

    /**
     * Who is asked beside the configuration. Immutable.
     *
     * @param callouts what servers are asked by
     * @param countries who tells the countries of addresses; null: nobody
     */
    record Outside(Callouts callouts, @Nullable Countries countries) {}

    /** Tells of addresses whether they are in a range. */
    static Predicate<Address> range(String text) {
        return IpRanges.of(List.of(IpRange.parse(text)))::contains;
    }

    static Rights compile(At at, Configuration written, Authorizers authorizers, Outside outside) {
        var here = at.child("roles");
        var roles = written.roles();
        var hierarchy = roles == null
                ? Roles.FLAT
                : here.make(
                        "",
                        "write `admin: [editor]`, each role above those that it implies",
                        unused -> Roles.of(roles));
        var stepUps = StepUps.compile(
                at.child("step-up"), written.stepUp(), outside.callouts().clock());
        return new Rights(
                hierarchy == null ? Roles.FLAT : hierarchy,
                authorizers,
                stepUps,
                outside.callouts(),
                outside.countries());
    }
}
