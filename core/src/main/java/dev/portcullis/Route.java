package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Where a request goes: the handler method in Spring, the path template elsewhere. Immutable.
 *
 * @param id what policies bind to, stable while the application runs
 * @param template the path template, such as {@code /orders/{id}}; never the path of one request
 * @param variables the decoded values of the template's variables
 */
public record Route(String id, String template, Map<String, String> variables) {

    /** Copies the variables. */
    public Route {
        requireNonNull(id, "id");
        requireNonNull(template, "template");
        variables = Map.copyOf(variables);
    }
}
