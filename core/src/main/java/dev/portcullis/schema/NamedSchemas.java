package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of an OpenAPI document that have names of their own, {@code $id} and anchors (OpenAPI 3.1): references to names become references
 * to places, so that nobody needs to know of names any more. Not thread-safe.
 */
final class NamedSchemas {

    private static final int MAX_DEPTH = 400;
    private static final Set<String> NAMES = Set.of("$anchor", "$dynamicAnchor", "$id");

    private final JsonNode document;
    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, Resource> byLastSegment = new HashMap<>();
    private final Map<String, String> anchors = new HashMap<>();
    private final Map<String, Integer> dynamic = new HashMap<>();

    /**
     * What pointers and anchors are within.
     *
     * @param uri its name; empty for the document
     * @param pointer where it is in the document
     */
    private record Resource(String uri, String pointer) {}

    private NamedSchemas(JsonNode document) {
        this.document = document;
        resources.put("", new Resource("", ""));
    }

    /**
     * The document without names; the same one where there are none.
     *
     * @throws IllegalArgumentException when two schemas have one name, or a reference may lead to several
     */
    static JsonNode placed(JsonNode document) {
        if (document.path("openapi").asText().startsWith("3.0.") || !hasNames(document, 0)) {
            return document;
        }
        var named = new NamedSchemas(document);
        named.note(document, new Place(new Resource("", ""), "", false, 0));
        var copy = document.deepCopy();
        named.lead(copy, new Place(new Resource("", ""), "", false, 0));
        return copy;
    }

    private static boolean hasNames(JsonNode node, int depth) {
        for (var name : node.isObject() ? NAMES : Set.<String>of()) {
            if (node.path(name).isTextual()) {
                return true;
            }
        }
        for (var inner : node) {
            if (depth <= MAX_DEPTH && hasNames(inner, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where something is.
     *
     * @param resource what it is within
     * @param pointer where that is in the document
     * @param chosen whether the members are called as somebody pleased
     * @param depth how deep
     */
    private record Place(Resource resource, String pointer, boolean chosen, int depth) {

        Place member(String word) {
            var place = pointer + "/" + word.replace("~", "~0").replace("/", "~1");
            return new Place(resource, place, !chosen && OneDocument.holdsNames(word), depth + 1);
        }

        Place item(int index) {
            return new Place(resource, pointer + "/" + index, false, depth + 1);
        }

        boolean skips(String word) {
            return depth > MAX_DEPTH || !chosen && OneDocument.holdsValues(word);
        }

        Place within(Resource other) {
            return new Place(other, pointer, chosen, depth);
        }
    }

    private void note(JsonNode node, Place place) {
        var here = place;
        if (node.isObject() && !place.chosen()) {
            here = place.within(resource(node, place));
            anchor(node.path("$anchor"), here);
            if (anchor(node.path("$dynamicAnchor"), here)) {
                dynamic.merge(node.path("$dynamicAnchor").textValue(), 1, Integer::sum);
            }
        }
        for (var member : node.properties()) {
            if (!here.skips(member.getKey())) {
                note(member.getValue(), here.member(member.getKey()));
            }
        }
        for (var i = 0; node.isArray() && i < node.size() && here.depth() <= MAX_DEPTH; i++) {
            note(node.get(i), here.item(i));
        }
    }

    private Resource resource(JsonNode node, Place place) {
        var id = node.path("$id");
        if (!id.isTextual()) {
            return place.resource();
        }
        var own = new Resource(resolved(place.resource(), withoutFragment(id.textValue())), place.pointer());
        once(resources.put(own.uri(), own), "$id", own.uri());
        byLastSegment.merge(lastSegment(own.uri()), own, (one, other) -> new Resource("", ""));
        return own;
    }

    private boolean anchor(JsonNode name, Place place) {
        if (name.isTextual()) {
            once(
                    anchors.put(place.resource().uri() + "#" + name.textValue(), place.pointer()),
                    "$anchor",
                    name.textValue());
        }
        return name.isTextual();
    }

    private static void once(@Nullable Object before, String word, String name) {
        if (before != null) {
            throw new IllegalArgumentException(word + ": `" + name + "` twice (expected: one schema of a name)");
        }
    }

    private void lead(JsonNode node, Place place) {
        var here = place;
        if (node instanceof ObjectNode object && !place.chosen()) {
            var id = object.path("$id");
            here = id.isTextual()
                    ? place.within(
                            new Resource(resolved(place.resource(), withoutFragment(id.textValue())), place.pointer()))
                    : place;
            rewrite(object, here.resource());
        }
        for (var member : node.properties()) {
            if (!here.skips(member.getKey())) {
                lead(member.getValue(), here.member(member.getKey()));
            }
        }
        for (var i = 0; node.isArray() && i < node.size() && here.depth() <= MAX_DEPTH; i++) {
            lead(node.get(i), here.item(i));
        }
    }

    private void rewrite(ObjectNode object, Resource from) {
        var reference = object.path("$ref");
        if (reference.isTextual()) {
            object.put("$ref", led(reference.textValue(), from));
        }
        var late = object.path("$dynamicRef");
        if (late.isTextual()) {
            var name = late.textValue().substring(late.textValue().indexOf('#') + 1);
            if (object.has("$ref") || dynamic.getOrDefault(name, 0) > 1) {
                throw new IllegalArgumentException("$dynamicRef: `" + late.textValue()
                        + "` (expected: one `$dynamicAnchor` of the name, and no `$ref` beside)");
            }
            object.put("$ref", led(late.textValue(), from));
            object.remove("$dynamicRef");
        }
        object.remove(NAMES);
    }

    /** Where a reference leads in the document; as it is where that is nowhere. */
    private String led(String reference, Resource from) {
        var file = withoutFragment(reference);
        var resource = file.isEmpty() ? from : found(file, from);
        if (resource == null) {
            return reference;
        }
        var fragment = reference.substring(Math.min(reference.length(), file.length() + 1));
        if (fragment.isEmpty() || fragment.startsWith("/")) {
            var pointer = resource.pointer() + fragment;
            return document.at(pointer).isMissingNode() ? reference : "#" + pointer;
        }
        var pointer = anchors.get(resource.uri() + "#" + fragment);
        return pointer == null ? reference : "#" + pointer;
    }

    private @Nullable Resource found(String file, Resource from) {
        var exact = resources.get(resolved(from, file));
        var near = exact == null ? byLastSegment.get(lastSegment(file)) : exact;
        return near == null || near.uri().isEmpty() ? null : near;
    }

    private static String resolved(Resource base, String reference) {
        try {
            return base.uri().isEmpty()
                    ? reference
                    : URI.create(base.uri()).resolve(reference).toString();
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }

    private static String withoutFragment(String reference) {
        var hash = reference.indexOf('#');
        return hash < 0 ? reference : reference.substring(0, hash);
    }

    private static String lastSegment(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
