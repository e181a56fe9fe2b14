package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name and value pairs of a query or of an urlencoded form, in order. Immutable.
 *
 * <p>Pairs are separated by {@code &} alone. Reading goes as far as it can, whatever is sent: what is broken is read as Unicode's
 * replacement character, and {@link #trouble} tells.
 *
 * @param pairs the pairs, at most {@value #MAX_PAIRS}
 * @param trouble why readers may differ over these pairs, as a phrase for the operator; null when they cannot
 */
@TrustedBase
public record Parameters(List<Pair> pairs, @Nullable String trouble) {

    /** How many pairs are read. */
    public static final int MAX_PAIRS = 200;

    private static final Parameters NONE = new Parameters(List.of(), null);

    /**
     * One pair. A pair without {@code =} has an empty value.
     *
     * @param rawName the name as sent
     * @param rawValue the value as sent
     * @param name the name, decoded once
     * @param value the value, decoded once
     */
    public record Pair(String rawName, String rawValue, String name, String value) {

        /** Checks that all parts are there. */
        public Pair {
            requireNonNull(rawName, "rawName");
            requireNonNull(rawValue, "rawValue");
            requireNonNull(name, "name");
            requireNonNull(value, "value");
        }
    }

    /** Copies the pairs. */
    public Parameters {
        pairs = List.copyOf(pairs);
    }

    /** Tells whether all names and values are ASCII, which is the same text in most charsets. */
    public boolean isAscii() {
        return pairs.stream().allMatch(pair -> isAscii(pair.name()) && isAscii(pair.value()));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The pairs of a query as sent, without the question mark; none when there is no query. */
    public static Parameters query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        return new ParameterText(raw.getBytes(StandardCharsets.UTF_8), true).read();
    }

    /** The pairs of a body of the type {@code application/x-www-form-urlencoded} in UTF-8. */
    public static Parameters form(byte[] body) {
        return body.length == 0 ? NONE : new ParameterText(body, false).read();
    }

    /** The values of all pairs of this name. */
    public List<String> values(String name) {
        requireNonNull(name, "name");
        var values = new ArrayList<String>();
        for (var pair : pairs) {
            if (pair.name().equals(name)) {
                values.add(pair.value());
            }
        }
        return values;
    }

    /** The pairs of the lines of {@code Cookie}, which are encoded in no way; what has no name is none. */
    public static List<Pair> cookies(List<String> lines) {
        var pairs = new ArrayList<Pair>();
        for (var line : lines) {
            for (var part : line.split(";")) {
                addCookie(part, pairs);
            }
        }
        return pairs;
    }

    private static void addCookie(String part, List<Pair> pairs) {
        var equals = part.indexOf('=');
        if (equals > 0) {
            var name = part.substring(0, equals).strip();
            var value = part.substring(equals + 1).strip();
            pairs.add(new Pair(name, value, name, value));
        }
    }
}
