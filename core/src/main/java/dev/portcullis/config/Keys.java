package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every key that a configuration can have. */
public final class Keys {

    /**
     * One key. Immutable.
     *
     * @param path the key's place in the tree; {@code *} stands for a name of the operator's choice, {@code []} for an item of a list
     * @param type what a value is
     * @param description one sentence for the operator
     * @param defaultValue what holds where the key is absent; empty when there is no default
     * @param oneOf all values there are; empty when there are too many to list
     */
    public record Entry(String path, Key.Type type, String description, String defaultValue, List<String> oneOf) {

        /** Copies the values. */
        public Entry {
            requireNonNull(path, "path");
            requireNonNull(type, "type");
            requireNonNull(description, "description");
            requireNonNull(defaultValue, "defaultValue");
            oneOf = List.copyOf(oneOf);
        }

        /** Tells whether a value is a list. */
        public boolean isList() {
            return path.endsWith("[]");
        }
    }

    private Keys() {}

    /** All keys, parts before what is in them. */
    public static List<Entry> all() {
        var entries = new ArrayList<Entry>();
        collect("", Configuration.class, entries);
        return List.copyOf(entries);
    }

    /** What to tell somebody who wrote a key that there is not, or a value that does not belong there. */
    public static String help(String key) {
        var written = segments(key);
        var siblings = siblings(written);
        var last = written[written.length - 1];
        if (siblings.isEmpty()) {
            return key.indexOf('.') < 0 ? "" : shape(key.substring(0, key.lastIndexOf('.')));
        }
        return siblings.contains("*") || siblings.contains(last) ? shape(key) : Unknown.help(last, siblings);
    }

    /** How to write what belongs at a key that there is. */
    private static String shape(String key) {
        var written = segments(key);
        var bare = key.replaceAll("\\[[0-9]*]$", "");
        var inner = siblings(segments(bare + ".x"));
        if (!inner.isEmpty()) {
            return "write keys below it, such as `" + bare + "." + inner.get(0).replace("*", "NAME") + "`";
        }
        var list = all().stream()
                .filter(Entry::isList)
                .map(entry -> segments(entry.path()))
                .anyMatch(path -> path.length == written.length && isSibling(path, written) && isLast(path, written));
        return list
                ? "write `" + bare + "[0]`, `" + bare + "[1]` and so on without a gap, or values parted by commas"
                : "write a single value";
    }

    private static boolean isLast(String[] path, String[] written) {
        var known = path[path.length - 1];
        return known.equals("*") || known.equals(written[written.length - 1]);
    }

    /** The part of a key up to the first name that there is not; the whole key when all its names exist. */
    public static String knownUpTo(String key) {
        var written = segments(key);
        for (var length = 1; length <= written.length; length++) {
            var part = Arrays.copyOf(written, length);
            var siblings = siblings(part);
            if (!siblings.contains("*") && !siblings.contains(part[length - 1])) {
                return String.join(".", part);
            }
        }
        return key;
    }

    /** Tells whether the key stands in the tree, as far as its first name tells. */
    static boolean isKnown(String key) {
        return key.isEmpty() || siblings(new String[] {""}).contains(segments(key)[0]);
    }

    private static String[] segments(String key) {
        return key.replaceAll("\\[[^]]*]", "").split("\\.", -1);
    }

    /** The names that may stand where the last one is written. */
    private static List<String> siblings(String[] written) {
        return all().stream()
                .map(entry -> segments(entry.path()))
                .filter(path -> isSibling(path, written))
                .map(path -> path[written.length - 1])
                .distinct()
                .toList();
    }

    private static boolean isSibling(String[] path, String[] written) {
        if (path.length < written.length) {
            return false;
        }
        for (var i = 0; i < written.length - 1; i++) {
            if (!path[i].equals("*") && !path[i].equals(written[i])) {
                return false;
            }
        }
        return true;
    }

    private static void collect(String prefix, Class<?> part, List<Entry> entries) {
        for (var component : part.getRecordComponents()) {
            var path = prefix + nameOf(component) + suffix(component.getGenericType());
            entries.add(entry(path, component));
            var inner = leaf(component.getGenericType());
            if (inner.isRecord()) {
                collect(path + ".", inner, entries);
            }
        }
    }

    private static Entry entry(String path, RecordComponent component) {
        var key = component.getAnnotation(Key.class);
        if (key == null || key.description().isBlank()) {
            throw new IllegalStateException("key: `" + path + "` has no description");
        }
        return new Entry(path, key.type(), key.description(), key.defaultValue(), List.of(key.oneOf()));
    }

    private static String suffix(Type type) {
        if (type instanceof ParameterizedType generic) {
            var inner = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class ? ".*" + suffix(inner[1]) : "[]";
        }
        return "";
    }

    /** What a list, a map or a plain component finally holds. */
    static Class<?> leaf(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return leaf(arguments[arguments.length - 1]);
        }
        return (Class<?>) type;
    }

    /** The key of a component, in kebab-case; a trailing underscore keeps a Java word apart and is no part of it. */
    static String nameOf(RecordComponent component) {
        var name = new StringBuilder();
        for (var c : component.getName().toCharArray()) {
            name.append(Character.isUpperCase(c) ? "-" + Character.toLowerCase(c) : String.valueOf(c));
        }
        var text = name.toString().toLowerCase(Locale.ROOT);
        return text.endsWith("_") ? text.substring(0, text.length() - 1) : text;
    }
}
