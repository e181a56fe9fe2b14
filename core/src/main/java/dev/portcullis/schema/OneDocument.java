package dev.portcullis.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document and the files beside it that it refers to, made one document: what stands in a file is put under a name of its own, and the
 * references lead there. Nothing is read but files of the document's own directory and those within it. Not thread-safe.
 */
public final class OneDocument {

    static final int MAX_FILES = 1_000;

    private static final int MAX_DEPTH = 400;
    /** What holds values, and no schemas or references. */
    private static final Set<String> VALUES = Set.of("const", "default", "enum", "example", "examples", "mapping");
    /** What holds names of somebody's choice, of which one may be called as the words above. */
    private static final Set<String> NAMES = Set.of(
            "$defs",
            "callbacks",
            "definitions",
            "dependentSchemas",
            "headers",
            "parameters",
            "paths",
            "patternProperties",
            "properties",
            "requestBodies",
            "responses",
            "schemas");

    private final ObjectNode root;
    private final String rootName;
    private final String holder;
    private final Files files;
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Deque<String> unread = new ArrayDeque<>();
    private final Set<String> problems = new LinkedHashSet<>();

    /** Reads files beside the document. */
    @FunctionalInterface
    public interface Files {

        /**
         * Reads one.
         *
         * @param path its path from the document's directory, which does not lead out of it
         * @throws IllegalArgumentException when it cannot be read; the message says why
         */
        JsonNode read(String path);
    }

    private OneDocument(ObjectNode root, String rootName, Files files) {
        this.root = root;
        this.rootName = rootName;
        this.files = files;
        this.holder = root.has("openapi") ? "x-files" : root.has("definitions") ? "definitions" : "$defs";
    }

    /**
     * The whole document.
     *
     * @param document the document, which is changed
     * @param name the name of its file, by which others may refer to it
     * @throws IllegalArgumentException when a reference leads out of the directory, or to what cannot be read; it names all of them
     */
    public static JsonNode of(JsonNode document, String name, Files files) {
        requireNonNull(document, "document");
        requireNonNull(name, "name");
        requireNonNull(files, "files");
        if (document instanceof ObjectNode object) {
            new OneDocument(object, name, files).complete();
        }
        return document;
    }

    /** Tells whether names of somebody's choice stand within the word. */
    static boolean holdsNames(String word) {
        return NAMES.contains(word);
    }

    /** Tells whether values stand within the word, and no schemas or references. */
    static boolean holdsValues(String word) {
        return VALUES.contains(word) || word.startsWith("x-");
    }

    private void complete() {
        note(root, 0);
        walk(root, new Place(rootName, false, 0));
        while (!unread.isEmpty() && problems.isEmpty()) {
            read(unread.remove());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Names by which parts of the document are called within it. */
    private void note(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node.path("$id").isTextual()) {
            known.add(lastSegment(withoutFragment(node.get("$id").asText())));
        }
        for (var inner : node) {
            note(inner, depth + 1);
        }
    }

    private void read(String path) {
        try {
            var file = files.read(path);
            if (file instanceof ObjectNode object && object.path("$id").isTextual()) {
                object.remove("$id");
            }
            root.withObject("/" + holder).set(String.valueOf(names.get(path)), file);
            walk(file, new Place(path, false, 0));
        } catch (IllegalArgumentException e) {
            problems.add("`" + path + "`: " + e.getMessage());
        }
    }

    /**
     * Where something is.
     *
     * @param file the file
     * @param named whether the members are called as somebody pleased
     * @param depth how deep
     */
    private record Place(String file, boolean named, int depth) {

        Place within(String word) {
            return new Place(file, !named && holdsNames(word), depth + 1);
        }

        boolean holdsValues(String word) {
            return !named && OneDocument.holdsValues(word);
        }
    }

    private void walk(JsonNode node, Place place) {
        if (place.depth > MAX_DEPTH) {
            problems.add("`" + place.file + "`: nested deeper than " + MAX_DEPTH);
        } else if (node instanceof ObjectNode object) {
            var reference = object.path("$ref");
            if (reference.isTextual()) {
                object.put("$ref", led(reference.asText(), place.file));
            }
            object.properties().stream()
                    .filter(member -> !place.holdsValues(member.getKey()))
                    .forEach(member -> walk(member.getValue(), place.within(member.getKey())));
        } else if (node.isArray()) {
            node.forEach(item -> walk(item, new Place(place.file, false, place.depth + 1)));
        }
    }

    /** Where the reference leads in the whole document. */
    private String led(String reference, String from) {
        var hash = reference.indexOf('#');
        var fragment = hash < 0 ? "" : reference.substring(hash + 1);
        var file = withoutFragment(reference);
        if (file.isEmpty()) {
            return from.equals(rootName) ? reference : within(from, fragment);
        }
        if (known.contains(lastSegment(file)) || SchemaWords.isMetaSchema(file)) {
            return reference;
        }
        try {
            var path = path(file, from);
            return path.equals(rootName) ? "#" + fragment : within(path, fragment);
        } catch (URISyntaxException | IllegalArgumentException e) {
            problems.add("$ref: `" + reference + "` in `" + from
                    + "` (expected: something in this document, or in a file of its directory)");
            return reference;
        }
    }

    private String within(String path, String fragment) {
        var name = names.get(path);
        if (name == null) {
            name = free(path);
            names.put(path, name);
            unread.add(path);
            if (names.size() > MAX_FILES) {
                problems.add("more than " + MAX_FILES + " files");
            }
        }
        return "#/" + holder + "/" + name
                + (fragment.startsWith("/") || fragment.isEmpty() ? fragment : "/#" + fragment);
    }

    /** A name that needs no escapes in a pointer. */
    private String free(String path) {
        var plain = path.replaceAll("[^A-Za-z0-9._-]", "_");
        var name = plain;
        for (var i = 2; names.containsValue(name) || root.path(holder).has(name); i++) {
            name = plain + "_" + i;
        }
        return name;
    }

    /** The path from the document's directory. */
    private static String path(String reference, String from) throws URISyntaxException {
        var uri = new URI(reference);
        var path = uri.getPath();
        if (uri.isAbsolute()
                || uri.getRawAuthority() != null
                || uri.getRawQuery() != null
                || path == null
                || path.startsWith("/")
                || path.indexOf('\\') >= 0
                || path.indexOf(':') >= 0
                || path.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("no file beside it");
        }
        var segments = new ArrayList<>(List.of(from.split("/")));
        segments.remove(segments.size() - 1);
        for (var segment : path.split("/")) {
            if (segment.equals("..") && segments.isEmpty()) {
                throw new IllegalArgumentException("out of the directory");
            }
            if (segment.equals("..")) {
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }

    private static String withoutFragment(String reference) {
        var hash = reference.indexOf('#');
        return hash < 0 ? reference : reference.substring(0, hash);
    }

    private static String lastSegment(String document) {
        return document.substring(document.lastIndexOf('/', document.length() - 2) + 1);
    }
}
