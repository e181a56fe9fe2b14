package dev.portcullis.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.config.ClientKey;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a key in a configuration. Not thread-safe. */
final class KeyEntry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> lines = new ArrayList<>();

    /** Begins with the hash of the key, which is in use from today on. */
    KeyEntry(String id, String hash) {
        lines.add(id + ":");
        add("hash", hash);
        lines.add("  not-before: " + inDays(0));
    }

    /** When the key is over; null for never. */
    KeyEntry expires(@Nullable String when) {
        if (when != null) {
            lines.add("  expires: " + when);
        }
        return this;
    }

    /** The key that it replaces, for so many days, and all that this one was bound to. */
    KeyEntry replacing(String hash, int days, @Nullable ClientKey before) {
        if (before != null) {
            add("scopes", before.scopes());
            add("routes", before.routes());
            add("addresses", before.addresses());
            add("tier", before.tier());
            add("description", before.description());
        }
        lines.add("  previous:");
        lines.add("    hash: \"" + hash + "\"");
        lines.add("    expires: " + inDays(days));
        return this;
    }

    private void add(String name, @Nullable Object value) {
        try {
            if (value != null) {
                lines.add("  " + name + ": " + JSON.writeValueAsString(value));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    /** Prints the lines, each behind so many spaces. */
    void print(PrintWriter out, int indent) {
        lines.forEach(line -> out.println(" ".repeat(indent) + line));
    }

    /** The day in UTC after so many. */
    static String inDays(int days) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
    }
}
