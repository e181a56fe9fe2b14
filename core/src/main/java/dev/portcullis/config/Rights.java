package dev.portcullis.config;

import dev.portcullis.Address;
import dev.portcullis.authz.Roles;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.util.List;
import java.util.function.Predicate;

/**
 * What all policies' demands on callers stand on. Immutable.
 *
 * @param hierarchy which roles make up for which others
 * @param authorizers the application's own decisions
 * @param stepUps how callers must have logged in
 * @param callouts what servers are asked by
 */
record Rights(Roles hierarchy, Authorizers authorizers, StepUps stepUps, Callouts callouts) {

    /** Tells of addresses whether they are in a range. */
    static Predicate<Address> range(String text) {
        return IpRanges.of(List.of(IpRange.parse(text)))::contains;
    }

    static Rights compile(At at, Configuration written, Authorizers authorizers, Callouts callouts) {
        var here = at.child("roles");
        var roles = written.roles();
        var hierarchy = roles == null
                ? Roles.FLAT
                : here.make(
                        "",
                        "write `admin: [editor]`, each role above those that it implies",
                        unused -> Roles.of(roles));
        var stepUps = StepUps.compile(at.child("step-up"), written.stepUp(), callouts.clock());
        return new Rights(hierarchy == null ? Roles.FLAT : hierarchy, authorizers, stepUps, callouts);
    }
}
