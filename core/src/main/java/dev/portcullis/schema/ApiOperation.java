package dev.portcullis.schema;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.Verdict;
import dev.portcullis.http.Parameters;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiParameter.Place;
import dev.portcullis.schema.ApiText.Broken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed of one method of one path. Immutable.
 *
 * @param parameters its parameters
 * @param credentials the names under which credentials may be in the query
 * @param body its body; null when it has none
 * @param pass what is said of a request that has no body and is as agreed
 */
record ApiOperation(
        List<ApiParameter> parameters,
        Set<String> credentials,
        @Nullable ApiBody body,
        Verdict pass) {

    /** Copies the collections. */
    ApiOperation {
        parameters = List.copyOf(parameters);
        credentials = Set.copyOf(credentials);
    }

    /** The same operation with a body of this length at most. */
    ApiOperation within(ApiBody.Bounds bounds) {
        return new ApiOperation(parameters, credentials, body == null ? null : body.within(bounds), pass);
    }

    /**
     * What parameters as agreed are proven to be.
     *
     * @param path the names in the path
     */
    static Proven proven(Collection<ApiParameter> parameters, List<String> path) {
        var names = new EnumMap<Where, Set<String>>(Where.class);
        for (var parameter : parameters) {
            if (parameter.isHarmless()) {
                names.computeIfAbsent(parameter.place().where(), any -> new HashSet<>())
                        .add(
                                parameter.place() == Place.HEADER
                                        ? parameter.name().toLowerCase(Locale.ROOT)
                                        : parameter.name());
            }
        }
        var inPath = names.remove(Where.PATH);
        if (inPath != null && inPath.containsAll(path)) {
            names.put(Where.PATH, Set.of(""));
        }
        return new Proven(names, Value.UNKNOWN);
    }

    /** What is wrong with the parameters of a request. */
    List<Reply.Violation> objections(Request request, Map<String, String> path, boolean toUnknown) {
        var query = Parameters.query(request.query());
        if (query.trouble() != null) {
            return List.of(new Reply.Violation("/query", "style"));
        }
        var sent = new Sent(this, request, path, query.pairs(), Parameters.cookies(request.headers("Cookie")));
        var found = new ArrayList<Reply.Violation>();
        for (var parameter : parameters) {
            found.addAll(parameter.objections(sent));
        }
        if (toUnknown && hasUnknown(sent.query)) {
            found.add(new Reply.Violation("/query/*", "unknown"));
        }
        return found.size() <= Violations.MAX_COUNT ? found : found.subList(0, Violations.MAX_COUNT);
    }

    private boolean hasUnknown(List<Pair> query) {
        for (var i = 0; i < query.size(); i++) {
            if (!knows(query.get(i).name())) {
                return true;
            }
        }
        return false;
    }

    private boolean knows(String name) {
        return credentials.contains(name)
                || takes(name)
                || parameters.stream().anyMatch(one -> one.place() == Place.QUERY && one.takesOthers());
    }

    /** Tells whether a pair of the query with this name belongs to a parameter. */
    boolean takes(String name) {
        for (var parameter : parameters) {
            if (parameter.place() == Place.QUERY && parameter.takes(name)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a pair where the parameter is belongs to somebody else. */
    private boolean isSpokenFor(ApiParameter parameter, String pair) {
        return parameter.place() == Place.QUERY && credentials.contains(pair)
                || parameters.stream()
                        .anyMatch(other -> !other.name().equals(parameter.name())
                                && other.place() == parameter.place()
                                && other.takes(pair));
    }

    /** What a request says. */
    private record Sent(
            ApiOperation operation, Request request, Map<String, String> path, List<Pair> query, List<Pair> cookies)
            implements ApiParameter.Source {

        @Override
        public @Nullable String text(ApiParameter parameter) throws Broken {
            if (parameter.place() == Place.PATH) {
                return path.get(parameter.name());
            }
            var lines = request.headers(parameter.name());
            if (lines.size() > 1 && !parameter.shape().isArray()) {
                throw new Broken("sent more than once");
            }
            return lines.isEmpty() ? null : String.join(",", lines);
        }

        @Override
        public List<Pair> pairs(ApiParameter parameter) {
            var all = parameter.place() == Place.QUERY ? query : cookies;
            return parameter.takesOthers()
                    ? all.stream()
                            .filter(pair -> !operation.isSpokenFor(parameter, pair.name()))
                            .toList()
                    : all;
        }
    }
}
