package dev.portcullis.auth;

import dev.portcullis.http.Structured;
import dev.portcullis.http.Structured.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the components that an operator demands, so that none is demanded that no request can have. */
final class RequiredComponent {

    private static final Set<String> DERIVED =
            Set.of("@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query");
    private static final String PARAMETER = "@query-param";
    private static final String NAME = "[a-z0-9!#$%&'*+.^_`|~-]+";

    private RequiredComponent() {}

    /**
     * The component of a name such as {@code content-type} or {@code @query-param;name="id"}.
     *
     * @throws IllegalArgumentException when it is none of requests
     */
    static Item read(String text) {
        var end = text.indexOf(';') < 0 ? text.length() : text.indexOf(';');
        var name = text.substring(0, end);
        var item = Structured.item(List.of("\"" + name + "\"" + text.substring(end)));
        if (item == null
                || !(name.startsWith("@") ? isDerived(name, item.parameters()) : isField(name, item.parameters()))) {
            throw new IllegalArgumentException("required: `" + text
                    + "` (expected: a component of requests in lower case, such as `@method` or `content-type`)");
        }
        return item;
    }

    private static boolean isDerived(String name, Map<String, Object> parameters) {
        return name.equals(PARAMETER)
                ? parameters.size() == 1 && parameters.get("name") instanceof String
                : DERIVED.contains(name) && parameters.isEmpty();
    }

    private static boolean isField(String name, Map<String, Object> parameters) {
        var binary = parameters.containsKey("bs");
        return name.matches(NAME)
                && Set.of("sf", "bs", "key").containsAll(parameters.keySet())
                && (!binary || parameters.size() == 1)
                && Boolean.TRUE.equals(parameters.getOrDefault("sf", true))
                && Boolean.TRUE.equals(parameters.getOrDefault("bs", true))
                && parameters.getOrDefault("key", "") instanceof String;
    }
}
