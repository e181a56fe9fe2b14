package dev.portcullis.config;

import dev.portcullis.authz.Roles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all policies' demands on callers stand on. Immutable.
 *
 * @param hierarchy which roles make up for which others
 */
record Rights(Roles hierarchy) {

    static Rights compile(At at, @Nullable Map<String, List<String>> roles) {
        var here = at.child("roles");
        var hierarchy = roles == null
                ? Roles.FLAT
                : here.make(
                        "",
                        "write `admin: [editor]`, each role above those that it implies",
                        unused -> Roles.of(roles));
        return new Rights(hierarchy == null ? Roles.FLAT : hierarchy);
    }
}
