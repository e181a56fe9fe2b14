package dev.portcullis.config;

import dev.portcullis.match.PathPattern;
import dev.portcullis.match.PathScope;
import java.util.List;
import java.util.Set;

/**
 * One path that a policy is bound to. Immutable.
 *
 * @param asked the policy
 * @param at where the path is written
 * @param scope the requests that it covers
 */
record BoundPath(Asked asked, At at, PathScope scope) {

    static BoundPath of(Asked asked, At at, PathPattern pattern, Set<String> methods) {
        return new BoundPath(asked, at, PathScope.of(List.of(pattern), methods));
    }

    PathPattern pattern() {
        return scope.patterns().get(0);
    }

    /** The route's name, as operators see it. */
    String route() {
        return asked.name() + " " + pattern();
    }

    boolean anyMethod() {
        return scope.methods().isEmpty();
    }

    boolean meets(Set<String> methods) {
        return anyMethod() || methods.isEmpty() || methods.stream().anyMatch(this::covers);
    }

    private boolean covers(String method) {
        return scope.methods().contains(method.equals("HEAD") ? "GET" : method);
    }

    /** Tells whether there are requests of which nobody could say which of the two they belong to. */
    boolean ties(BoundPath other) {
        return pattern().compareTo(other.pattern()) == 0
                && pattern().overlaps(other.pattern())
                && meets(other.scope.methods());
    }

    /** By its names alone: that of a record asks all that is written in the policy. */
    @Override
    public int hashCode() {
        return route().hashCode();
    }
}
