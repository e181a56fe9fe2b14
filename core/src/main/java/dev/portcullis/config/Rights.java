package dev.portcullis.config;

import dev.portcullis.Address;
import dev.portcullis.authz.Roles;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all policies' demands on callers stand on. Immutable.
 *
 * @param hierarchy which roles make up for which others
 * @param authorizers the application's own decisions
 */
record Rights(Roles hierarchy, Authorizers authorizers) {

    /** Tells of addresses whether they are in a range. */
    static Predicate<Address> range(String text) {
        return IpRanges.of(List.of(IpRange.parse(text)))::contains;
    }

    static Rights compile(At at, @Nullable Map<String, List<String>> roles, Authorizers authorizers) {
        var here = at.child("roles");
        var hierarchy = roles == null
                ? Roles.FLAT
                : here.make(
                        "",
                        "write `admin: [editor]`, each role above those that it implies",
                        unused -> Roles.of(roles));
        return new Rights(hierarchy == null ? Roles.FLAT : hierarchy, authorizers);
    }
}
