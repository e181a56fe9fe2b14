package dev.portcullis.config;

import dev.portcullis.authz.Authorizer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The authorizers of the application, by name. Immutable.
 *
 * @param named those that are known
 * @param complete whether there are no others
 */
record Authorizers(Map<String, Authorizer> named, boolean complete) {

    Authorizers {
        named = Map.copyOf(named);
    }

    /** The authorizer of the name; null when there is a problem. One that may be known elsewhere cannot tell here. */
    @Nullable
    Authorizer of(At at, String name) {
        var found = named.get(name);
        if (found != null) {
            return found;
        }
        if (!complete) {
            return question -> {
                throw new IllegalStateException("authorizer: `" + name + "` is not known here");
            };
        }
        at.problem(
                "no authorizer `" + At.shown(name) + "`",
                Nearest.to(name, named.keySet())
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse(
                                "add a bean of type `Authorizer` of this name, or `Gate.builder(...).authorizer(name, ...)`"));
        return null;
    }
}
