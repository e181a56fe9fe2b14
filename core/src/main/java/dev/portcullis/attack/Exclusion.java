package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.PolicySet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What detectors do not look at, or must be surer of. Immutable.
 *
 * @param detectors the ids of the detectors; empty for all
 * @param in where the parameter stands
 * @param parameter its exact name; for JSON that of the member that holds the value, or holds the array with it, or a JSON pointer in which
 *     {@code *} stands for any one member or element; for a path the name of the route's variable; {@code *} for all that stand there
 * @param level how sure the detectors must be; null when they do not look at all
 * @param scope the requests that it is for
 */
public record Exclusion(
        Set<String> detectors,
        In in,
        String parameter,
        @Nullable Level level,
        PolicySet.Scope scope) {

    /** The scope of all requests. */
    public static final PolicySet.Scope EVERYWHERE = request -> true;

    /** All parameters of a place. */
    public static final String ALL = "*";

    /** Where in a request a parameter stands. */
    public enum In {
        /** In the query, in a form, in JSON, in XML or all of a text. */
        PARAMETERS,
        /** In the query. */
        QUERY,
        /** In a form. */
        FORM,
        /** In a JSON body. */
        JSON,
        /** In an XML body. */
        XML,
        /** All of a body of text; only {@link #ALL} names it. */
        TEXT,
        /** Among the header fields; names are compared without regard to case. */
        HEADER,
        /** Among the cookies. */
        COOKIE,
        /** In the path. */
        PATH;

        /** The name in configurations. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that there is something to exclude.
     *
     * @throws IllegalArgumentException when a detector does not exist, or the parameter has no name
     */
    public Exclusion {
        detectors = Set.copyOf(detectors);
        requireNonNull(in, "in");
        requireNonNull(scope, "scope");
        for (var detector : detectors) {
            if (!Attacks.detectors().contains(detector)) {
                throw new IllegalArgumentException(
                        "detector: `" + detector + "` (expected: one of " + Attacks.detectors() + ")");
            }
        }
        if (requireNonNull(parameter, "parameter").isBlank()) {
            throw new IllegalArgumentException("parameter: blank (expected: its name)");
        }
    }

    /** Keeps one detector from looking at the values of one parameter of the query, of a form or of a body. */
    public static Exclusion of(String detector, String parameter) {
        return new Exclusion(Set.of(requireNonNull(detector, "detector")), In.PARAMETERS, parameter, null, EVERYWHERE);
    }

    /** Keeps all detectors from looking at a parameter. */
    public static Exclusion unscanned(In in, String parameter) {
        return new Exclusion(Set.of(), in, parameter, null, EVERYWHERE);
    }

    /** Has all detectors be nearly certain of a parameter in which people write prose, markup or code. */
    public static Exclusion freeText(In in, String parameter) {
        return new Exclusion(Set.of(), in, parameter, Level.LOW, EVERYWHERE);
    }

    /** The same for these requests only. */
    public Exclusion on(PolicySet.Scope some) {
        return new Exclusion(detectors, in, parameter, level, some);
    }

    boolean isPointer() {
        return parameter.startsWith("/") && (in == In.JSON || in == In.PARAMETERS);
    }
}
