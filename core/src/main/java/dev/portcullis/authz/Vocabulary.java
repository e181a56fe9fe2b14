package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Request;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What conditions can speak of beside requests. Immutable.
 *
 * @param roles which roles make up for which others
 * @param variables the named parts of paths
 * @param ranges reads a range of addresses, or throws {@link IllegalArgumentException}
 * @param risk what says how badly a caller behaves; asked when a condition speaks of it
 * @param countries tells the country of an address; null: nobody does
 * @param crawlers tells which crawler a request comes from
 */
public record Vocabulary(
        Roles roles,
        PathVariables variables,
        Function<String, Predicate<Address>> ranges,
        Supplier<ToLongFunction<Request>> risk,
        @Nullable Function<Address, String> countries,
        Function<Request, String> crawlers) {

    /** Checks that all parts are there. */
    public Vocabulary {
        requireNonNull(roles, "roles");
        requireNonNull(variables, "variables");
        requireNonNull(ranges, "ranges");
        requireNonNull(risk, "risk");
        requireNonNull(crawlers, "crawlers");
    }
}
