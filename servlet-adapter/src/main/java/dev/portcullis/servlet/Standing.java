package dev.portcullis.servlet;

import java.util.List;
import java.util.Set;

/**
 * What a filter stands before. Immutable.
 *
 * @param filter the name under which it is registered
 * @param patterns the paths
 * @param servlets the names of servlets, whatever the path; {@code *} for all
 */
record Standing(String filter, List<UrlPattern> patterns, Set<String> servlets) {

    private static final String ANY = "*";

    /** The paths of a servlet that this filter stands before, as patterns of its own. */
    List<UrlPattern> before(String servlet) {
        return servlets.contains(servlet) || servlets.contains(ANY) ? List.of(UrlPattern.ALL) : patterns;
    }
}
