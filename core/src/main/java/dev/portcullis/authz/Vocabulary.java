package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What conditions can speak of beside requests. Immutable.
 *
 * @param roles which roles make up for which others
 * @param variables the named parts of paths
 * @param ranges reads a range of addresses, or throws {@link IllegalArgumentException}
 */
public record Vocabulary(Roles roles, PathVariables variables, Function<String, Predicate<Address>> ranges) {

    /** Checks that all parts are there. */
    public Vocabulary {
        requireNonNull(roles, "roles");
        requireNonNull(variables, "variables");
        requireNonNull(ranges, "ranges");
    }
}
