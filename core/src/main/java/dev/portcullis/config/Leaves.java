package dev.portcullis.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is written in a configuration, key by key: single values and lists as lists of texts, parts as empty lists. Immutable.
 *
 * @param values what is written
 */
record Leaves(Map<String, List<String>> values) {

    Leaves {
        values = Map.copyOf(values);
    }

    static Leaves of(Configuration configuration) {
        var values = new LinkedHashMap<String, List<String>>();
        collect("", configuration, values);
        return new Leaves(values);
    }

    private static void collect(String key, @Nullable Object value, Map<String, List<String>> values) {
        if (value instanceof String text) {
            values.put(key, List.of(text));
        } else if (value instanceof List<?> items) {
            values.put(key, items.stream().map(String::valueOf).toList());
        } else if (value instanceof Map<?, ?> named) {
            named.forEach((name, inner) -> collect(join(key, String.valueOf(name)), inner, values));
        } else if (value instanceof Record part) {
            values.put(key, List.of());
            for (var component : part.getClass().getRecordComponents()) {
                collect(join(key, Keys.nameOf(component)), valueOf(part, component), values);
            }
        }
    }

    private static @Nullable Object valueOf(Record part, RecordComponent component) {
        try {
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of the configuration are public", e);
        }
    }

    private static String join(String key, String name) {
        return key.isEmpty() ? name : key + "." + name;
    }

    /** What holds where another configuration is laid over this one: single values and lists are replaced. */
    Leaves with(Leaves over) {
        var all = new LinkedHashMap<>(values);
        all.putAll(over.values);
        return new Leaves(all);
    }

    /** What is written at a key; null when nothing is. */
    @Nullable
    List<String> at(String key) {
        return values.get(key);
    }

    /** What is written at a key of a single value; null when nothing is. */
    @Nullable
    String textAt(String key) {
        var written = values.get(key);
        return written == null || written.size() != 1 ? null : written.get(0);
    }

    /** What is written at some of the keys. */
    Leaves only(Predicate<String> keys) {
        var some = new LinkedHashMap<>(values);
        some.keySet().removeIf(keys.negate());
        return new Leaves(some);
    }

    /** What is written below a key, by what comes after it. */
    Leaves below(String key) {
        var found = new TreeMap<String, List<String>>();
        values.forEach((name, value) -> {
            if (name.startsWith(key + ".")) {
                found.put(name.substring(key.length() + 1), value);
            }
        });
        return new Leaves(found);
    }

    /** The names right below a key, in order. */
    List<String> names(String key) {
        var names = new ArrayList<String>();
        for (var name : new TreeMap<>(below(key).values).keySet()) {
            var first = name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.'));
            if (!names.contains(first)) {
                names.add(first);
            }
        }
        return names;
    }
}
