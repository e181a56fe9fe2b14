package dev.portcullis.config;

import dev.portcullis.schema.Derived;
import dev.portcullis.schema.Derived.Leniency;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A name for exactly what a configuration says: the SHA-256 of a canonical text of it.
 *
 * <p>The order of keys, comments and the way of writing do not matter; the order of lists does. The contents of schemas and other
 * things that the configuration points to are part of it.
 */
final class Digest {

    private final StringBuilder text = new StringBuilder();

    private Digest() {}

    static String of(Configuration written, List<Endpoint> handlers, Map<String, byte[]> contents) {
        var digest = new Digest();
        digest.write(written);
        handlers.stream()
                .filter(handler -> !handler.words().isEmpty())
                .sorted(Comparator.comparing(Endpoint::id))
                .forEach(handler -> digest.write(
                        new Endpoint(handler.id(), handler.patterns(), handler.methods(), handler.words())));
        handlers.stream().sorted(Comparator.comparing(Endpoint::id)).forEach(digest::writeSignature);
        contents.forEach((location, bytes) -> digest.write(location + " " + sha256(bytes)));
        return sha256(digest.text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What handlers read decides where policies hold them to it. */
    private void writeSignature(Endpoint handler) {
        var signature = handler.signature();
        if (signature != null) {
            write(handler.id() + " " + Derived.operation(signature, new Leniency(true, true, true)));
        }
    }

    /** Writes lengths before texts, so that no two different trees have one text. */
    private void write(Object value) {
        if (value instanceof Record written) {
            parts(written).forEach(this::member);
            text.append('}');
        } else if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, Object>();
            map.forEach((name, part) -> sorted.put(String.valueOf(name), part));
            sorted.forEach(this::member);
            text.append('}');
        } else if (value instanceof Collection<?> items) {
            items.forEach(this::write);
            text.append(']');
        } else {
            var leaf = String.valueOf(value);
            text.append(leaf.length()).append(':').append(leaf);
        }
    }

    private void member(String name, Object value) {
        write(name);
        text.append('=');
        write(value);
    }

    private static Map<String, Object> parts(Record written) {
        var parts = new TreeMap<String, Object>();
        for (var component : written.getClass().getRecordComponents()) {
            var value = valueOf(component.getAccessor(), written);
            if (value != null) {
                parts.put(component.getName(), value instanceof java.util.Set<?> set ? new TreeSet<>(set) : value);
            }
        }
        return parts;
    }

    private static @Nullable Object valueOf(Method accessor, Record written) {
        try {
            return accessor.invoke(written);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of the configuration are public", e);
        }
    }
}
