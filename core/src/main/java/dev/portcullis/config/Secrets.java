package dev.portcullis.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets in what is written.
 *
 * @param found takes the key and the value of each
 */
record Secrets(BiConsumer<String, String> found) {

    private static final Pattern SYMMETRIC = Pattern.compile("\"kty\"\\s*:\\s*\"oct\"");

    void look(String key, @Nullable Object written) {
        if (written instanceof Record part) {
            for (var component : part.getClass().getRecordComponents()) {
                look(join(key, Keys.nameOf(component)), component, part);
            }
        } else if (written instanceof Map<?, ?> map) {
            map.forEach((name, value) -> look(join(key, String.valueOf(name)), value));
        } else if (written instanceof List<?> items) {
            for (var i = 0; i < items.size(); i++) {
                look(key + "[" + i + "]", items.get(i));
            }
        }
    }

    private void look(String key, RecordComponent component, Record part) {
        var value = valueOf(component, part);
        var described = component.getAnnotation(Key.class);
        if (value instanceof String text && described != null && isSecret(described, text)) {
            found.accept(key, text);
        } else {
            look(key, value);
        }
    }

    /** A key set that is written in place may hold what both sides sign with. */
    private static boolean isSecret(Key described, String text) {
        return described.type() == Key.Type.SECRET
                || text.startsWith("{") && SYMMETRIC.matcher(text).find();
    }

    private static @Nullable Object valueOf(RecordComponent component, Record part) {
        try {
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of the configuration are public", e);
        }
    }

    private static String join(String key, String name) {
        return key.isEmpty() ? name : key + "." + name;
    }
}
