package dev.portcullis.config;

import dev.portcullis.schema.OpenApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the OpenAPI documents of policies and what these cover do not speak of the same. Immutable.
 *
 * @param byPolicy what only one of them knows, by policy
 */
record ContractCoverage(Map<String, Gaps> byPolicy) {

    /** Nobody has a document. */
    static final ContractCoverage NONE = new ContractCoverage(Map.of());

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    /**
     * What only one of a document and the service knows. Immutable.
     *
     * @param unserved the operations that nobody serves, and why
     * @param undescribed what no operation describes, by handler
     */
    record Gaps(List<String> unserved, Map<String, List<String>> undescribed) {

        /** Copies the collections. */
        Gaps {
            unserved = List.copyOf(unserved);
            undescribed = Map.copyOf(undescribed);
        }
    }

    /** Copies the map. */
    ContractCoverage {
        byPolicy = Map.copyOf(byPolicy);
    }

    /**
     * Compares.
     *
     * @param paths the paths of all policies
     * @param handlers the handlers of the application; null, or none, where they are not known
     * @param addressees the same with what is asked of them
     */
    static ContractCoverage of(List<BoundPath> paths, @Nullable List<Endpoint> handlers, List<Addressee> addressees) {
        var byPolicy = new TreeMap<String, Gaps>();
        for (var own : byName(paths).values()) {
            var asked = own.get(0).asked();
            var document = document(asked);
            if (document != null) {
                byPolicy.put(
                        asked.name(),
                        handlers == null || handlers.isEmpty()
                                ? new Gaps(outside(document.operations(), own), Map.of())
                                : gaps(document.operations(), under(own, handlers, addressees)));
            }
        }
        return new ContractCoverage(byPolicy);
    }

    private static Map<String, List<BoundPath>> byName(List<BoundPath> paths) {
        return paths.stream()
                .collect(Collectors.groupingBy(path -> path.asked().name(), LinkedHashMap::new, Collectors.toList()));
    }

    private static @Nullable OpenApi document(Asked asked) {
        for (var part : asked.onBody()) {
            if (part.stage() == Stage.CONTRACT && part.rule().apply(1).check() instanceof OpenApi document) {
                return document;
            }
        }
        return null;
    }

    /** The handlers that the policy speaks to: by its paths, or because they name it. */
    private static List<Endpoint> under(List<BoundPath> own, List<Endpoint> handlers, List<Addressee> addressees) {
        var name = own.get(0).asked().name();
        var met = addressees.stream()
                .filter(one -> own.stream().anyMatch(one::meets)
                        || one.words().stream().anyMatch(word -> word.name().equals(name)))
                .map(Addressee::id)
                .collect(Collectors.toSet());
        return handlers.stream().filter(handler -> met.contains(handler.id())).toList();
    }

    /** The operations that none of the policy's paths covers, so that no request for them is ever held against the document. */
    private static List<String> outside(List<String> operations, List<BoundPath> own) {
        return operations.stream()
                .filter(operation -> own.stream().noneMatch(path -> covers(path, operation)))
                .map(operation -> "outside of the policy's paths: " + operation)
                .toList();
    }

    private static boolean covers(BoundPath path, String operation) {
        var space = operation.indexOf(' ');
        var some = OpenApi.shape(operation.substring(space + 1)).replace("{}", "0");
        return path.meets(Set.of(operation.substring(0, space)))
                && path.pattern().matches(some);
    }

    static Gaps gaps(List<String> operations, List<Endpoint> handlers) {
        var described = new HashSet<String>();
        operations.forEach(operation -> described.add(OpenApi.shape(operation)));
        var unserved = operations.stream()
                .filter(operation -> handlers.stream().noneMatch(handler -> answers(handler, OpenApi.shape(operation))))
                .map(operation -> "no handler for " + operation)
                .toList();
        var undescribed = new TreeMap<String, List<String>>();
        for (var handler : handlers) {
            var lines = new ArrayList<String>();
            for (var pattern : handler.patterns()) {
                handler.methods().stream()
                        .sorted()
                        .filter(method -> !described.contains(method + " " + OpenApi.shape(pattern)))
                        .forEach(method -> lines.add("no operation for " + method + " " + pattern));
            }
            if (!lines.isEmpty()) {
                undescribed.put(handler.id(), lines);
            }
        }
        return new Gaps(unserved, undescribed);
    }

    private static boolean answers(Endpoint handler, String operation) {
        var space = operation.indexOf(' ');
        var method = operation.substring(0, space);
        return (handler.methods().isEmpty() || handler.methods().contains(method))
                && handler.patterns().stream()
                        .anyMatch(pattern -> OpenApi.shape(pattern).equals(operation.substring(space + 1)));
    }

    /** Tells the operator, once for each operation without a handler and each handler without an operation. */
    void tell() {
        byPolicy.forEach((policy, gaps) -> {
            gaps.unserved().forEach(line -> LOG.warn("openapi of policy {}: {}", policy, line));
            gaps.undescribed()
                    .forEach((handler, lines) ->
                            lines.forEach(line -> LOG.warn("openapi of policy {}: {} of {}", policy, line, handler)));
        });
    }

    /** What nobody serves of the policy's document. */
    List<String> unserved(String policy) {
        var gaps = byPolicy.get(policy);
        return gaps == null ? List.of() : gaps.unserved();
    }

    /** What the documents of these policies do not describe of the handler. */
    List<String> undescribed(List<Asked> words, String handler) {
        return words.stream()
                .flatMap(word -> undescribed(word.name(), handler))
                .distinct()
                .toList();
    }

    private Stream<String> undescribed(String policy, String handler) {
        var gaps = byPolicy.get(policy);
        return gaps == null
                ? Stream.of()
                : gaps.undescribed().getOrDefault(handler, List.of()).stream()
                        .map(line -> line + " in `" + policy + "`");
    }
}
