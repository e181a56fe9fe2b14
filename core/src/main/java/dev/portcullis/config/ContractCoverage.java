package dev.portcullis.config;

import dev.portcullis.schema.OpenApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where an OpenAPI document and the handlers under its policy's path do not speak of the same. */
final class ContractCoverage {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    private ContractCoverage() {}

    /** Tells the operator, once for each operation without a handler and each handler without an operation. */
    static void tell(BoundPath path, List<Endpoint> handlers, List<Addressee> addressees) {
        for (var part : path.asked().onBody()) {
            if (part.stage() == Stage.CONTRACT && part.rule().apply(1).check() instanceof OpenApi document) {
                var met = new HashSet<String>();
                addressees.stream().filter(one -> one.meets(path)).forEach(one -> met.add(one.id()));
                var under = handlers.stream()
                        .filter(handler -> met.contains(handler.id()))
                        .toList();
                missing(document.operations(), under)
                        .forEach(line -> LOG.warn(
                                "openapi of policy {}: {}", path.asked().name(), line));
            }
        }
    }

    /** What only one of them knows. */
    static List<String> missing(List<String> operations, List<Endpoint> handlers) {
        var described = new HashSet<String>();
        operations.forEach(operation -> described.add(OpenApi.shape(operation)));
        var lines = new ArrayList<String>();
        for (var operation : operations) {
            if (handlers.stream().noneMatch(handler -> answers(handler, OpenApi.shape(operation)))) {
                lines.add("no handler for " + operation);
            }
        }
        for (var handler : handlers) {
            for (var pattern : handler.patterns()) {
                handler.methods().stream()
                        .sorted()
                        .filter(method -> !isDescribed(described, method, pattern))
                        .forEach(method ->
                                lines.add("no operation for " + method + " " + pattern + " of " + handler.id()));
            }
        }
        return lines;
    }

    private static boolean answers(Endpoint handler, String operation) {
        var space = operation.indexOf(' ');
        var method = operation.substring(0, space);
        return (handler.methods().isEmpty() || handler.methods().contains(method))
                && handler.patterns().stream()
                        .anyMatch(pattern -> OpenApi.shape(pattern).equals(operation.substring(space + 1)));
    }

    private static boolean isDescribed(Set<String> described, String method, String pattern) {
        return described.contains(method + " " + OpenApi.shape(pattern));
    }
}
