package dev.portcullis.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.schema.Derived;
import dev.portcullis.schema.Derived.Leniency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was derived of handlers as a document of OpenAPI 3.1, of plain maps and lists. */
final class DerivedDocument {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> ALL = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Leniency AS_READ = new Leniency(true, true, true);

    private DerivedDocument() {}

    /** The document; {@code x-held-by} names the rules that hold an operation, {@code x-open} what is not judged of it. */
    static Map<String, Object> of(List<Endpoint> handlers, List<RouteReport> routes) {
        var paths = new TreeMap<String, Map<String, Object>>();
        for (var handler : handlers) {
            var signature = handler.signature();
            if (signature == null) {
                continue;
            }
            var operation = Derived.operation(signature, AS_READ);
            operation.put("x-handler", handler.id());
            operation.set("x-held-by", JSON.valueToTree(heldBy(handler, routes)));
            operation.set("x-open", JSON.valueToTree(signature.open()));
            var methods = handler.methods().isEmpty() ? ALL : handler.methods();
            handler.patterns()
                    .forEach(pattern -> paths.computeIfAbsent(pattern, any -> new TreeMap<>())
                            .putAll(byMethod(methods, operation)));
        }
        return Map.of("openapi", "3.1.0", "info", Map.of("title", "derived", "version", "0"), "paths", paths);
    }

    private static Map<String, Object> byMethod(Set<String> methods, ObjectNode operation) {
        var all = new TreeMap<String, Object>();
        methods.forEach(method -> all.put(method.toLowerCase(Locale.ROOT), JSON.convertValue(operation, Map.class)));
        return all;
    }

    private static Set<String> heldBy(Endpoint handler, List<RouteReport> routes) {
        var rules = new TreeSet<String>();
        for (var route : routes) {
            if (handler.id().equals(route.handler())) {
                route.rules().stream()
                        .filter(rule -> rule.replace(" (observed)", "").endsWith(DerivationCompiler.RULE))
                        .forEach(rules::add);
            }
        }
        return rules;
    }
}
