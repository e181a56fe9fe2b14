package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where attacks go: a method, a path, a query that is good, and a body that is good. Immutable.
 *
 * @param method the method
 * @param path the path, as it is sent
 * @param parameters the parameters of the query, as they are sent
 * @param body the body, a character for each byte; empty for none
 * @param meant who is meant to call
 * @param named whether somebody named it, rather than a list of routes
 */
public record Aim(String method, String path, List<Parameter> parameters, String body, Meant meant, boolean named) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH");

    /** Who is meant to call. */
    public enum Meant {
        /** Anybody. */
        PUBLIC,
        /** Whoever proves who he is. */
        PROTECTED,
        /** Nobody said. */
        UNKNOWN
    }

    /**
     * A parameter of a query.
     *
     * @param name the name, as it is sent
     * @param value the value, as it is sent
     */
    public record Parameter(String name, String value) {

        /** Checks that both are there. */
        public Parameter {
            requireNonNull(name, "name");
            requireNonNull(value, "value");
        }
    }

    /** Copies the parameters. */
    public Aim {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(body, "body");
        requireNonNull(meant, "meant");
        parameters = List.copyOf(parameters);
    }

    /**
     * What is written as {@code /search?q=chain} or {@code POST /orders}.
     *
     * @param body a good body, a character for each byte; empty for none; the lines of a multipart form may end as they do in files
     * @throws IllegalArgumentException when it is none, or would delete something
     */
    public static Aim parse(String text, String body, Meant meant) {
        var words = text.strip().split(" +");
        var method = words.length == 2 ? words[0].toUpperCase(Locale.ROOT) : "GET";
        var target = words[words.length - 1];
        if (words.length > 2 || !target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("expected a path such as `/search?q=chain` or `POST /orders`");
        }
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("attacks go by "
                    + String.join(", ", METHODS.stream().sorted().toList()) + ", which delete nothing");
        }
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        var parts = GoodParts.parse(body);
        return new Aim(method, path, parameters(query), parts == null ? body : parts.text(), meant, true);
    }

    private static List<Parameter> parameters(String query) {
        var parameters = new ArrayList<Parameter>();
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.add(new Parameter(pair.substring(0, equals), pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** The same, found in a list of routes. */
    public Aim listed() {
        return new Aim(method, path, parameters, body, meant, false);
    }

    /** What is asked for when all is good. */
    String target() {
        return target(-1, "");
    }

    /** The same with another value of one parameter. */
    String target(int which, String value) {
        var text = new StringBuilder(path);
        for (var i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            text.append(i == 0 ? '?' : '&').append(parameter.name()).append('=');
            text.append(i == which ? value : parameter.value());
        }
        return text.toString();
    }

    /** The method and the path. */
    public String shown() {
        return method + " " + path;
    }
}
