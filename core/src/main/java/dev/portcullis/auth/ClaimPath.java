package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * Where a claim is found: the claim of this very name or else, step by step, the member that the dots lead to. Immutable.
 *
 * @param name the whole name, such as {@code realm_access.roles} or {@code https://shop.example/roles}
 * @param steps the name cut at its dots
 */
record ClaimPath(String name, List<String> steps) {

    static ClaimPath parse(String name) {
        var steps = List.of(name.split("\\.", -1));
        if (name.isBlank() || steps.contains("")) {
            throw new IllegalArgumentException("claim: `" + name + "` (expected: a name, or names joined by dots)");
        }
        return new ClaimPath(name, steps);
    }

    /** What is there; a missing node when nothing is, or null. */
    JsonNode in(JsonNode claims) {
        var found = claims.path(name);
        if (found.isMissingNode()) {
            found = claims;
            for (var i = 0; i < steps.size(); i++) {
                found = found.path(steps.get(i));
            }
        }
        return found.isNull() ? MissingNode.getInstance() : found;
    }
}
