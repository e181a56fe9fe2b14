package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A media type as {@code Content-Type} states it (RFC 9110, section 8.3.1). Immutable.
 *
 * @param type the part before the slash, in lower case
 * @param subtype the part after the slash, in lower case
 * @param parameters the parameters, their names in lower case and their values unquoted
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {

    /** Copies the parameters. */
    public MediaType {
        requireNonNull(type, "type");
        requireNonNull(subtype, "subtype");
        parameters = Map.copyOf(parameters);
    }

    /**
     * The media type in its textual form, of at most 256 characters and 8 parameters.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static MediaType parse(String text) {
        var parsed = parseOrNull(text);
        if (parsed == null) {
            throw new IllegalArgumentException("media type: `" + text + "` (expected: type/subtype; name=value)");
        }
        return parsed;
    }

    /** The media type in its textual form, as {@link #parse} reads it; null when the text is anything else. */
    public static @Nullable MediaType parseOrNull(String text) {
        return new Parser(requireNonNull(text, "text")).parse();
    }

    /** The type without parameters, such as {@code application/json}. */
    public String essence() {
        return type + '/' + subtype;
    }

    /** Tells whether this is JSON: {@code application/json}, or a type with the suffix {@code +json} (RFC 6839). */
    public boolean isJson() {
        return subtype.endsWith("+json") || (type.equals("application") && subtype.equals("json"));
    }

    /** The {@code charset} in lower case; null when none is stated. */
    public @Nullable String charset() {
        var stated = parameters.get("charset");
        return stated == null ? null : stated.toLowerCase(Locale.ROOT);
    }

    /** Tells whether the charset is one of which ASCII is the same as in UTF-8, and which clients state out of habit. */
    public boolean isNarrow() {
        var stated = charset();
        return stated != null && (stated.equals("us-ascii") || stated.equals("iso-8859-1"));
    }

    /** Tells whether text may be read as UTF-8: always, or, where it is {@linkplain #isNarrow narrow}, as long as it is ASCII. */
    public boolean isReadAsUtf8() {
        var stated = charset();
        return stated == null || stated.equals("utf-8") || isNarrow();
    }

    /** Reads one text from left to right. */
    private static final class Parser {

        private static final int MAX_LENGTH = 256;
        private static final int MAX_PARAMETERS = 8;

        private final String text;
        private final Map<String, String> parameters = new HashMap<>();
        private int at;

        Parser(String text) {
            this.text = text;
        }

        @Nullable
        MediaType parse() {
            if (text.length() > MAX_LENGTH) {
                return null;
            }
            var type = token();
            if (!skip('/')) {
                return null;
            }
            var subtype = token();
            var whole = !type.isEmpty() && !subtype.isEmpty();
            while (whole && at < text.length()) {
                whole = parameter();
            }
            return whole ? new MediaType(type, subtype, parameters) : null;
        }

        private boolean parameter() {
            skipSpace();
            if (!skip(';')) {
                return false;
            }
            skipSpace();
            var name = token();
            if (name.isEmpty()) {
                return at == text.length() || text.charAt(at) == ';';
            }
            var value = skip('=') ? value() : null;
            return value != null && parameters.size() < MAX_PARAMETERS && parameters.put(name, value) == null;
        }

        private @Nullable String value() {
            var from = at;
            if (!skip('"')) {
                token();
                return at == from ? null : text.substring(from, at);
            }
            var value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 1 : 0;
                if (at == text.length() || Token.isControl(text.charAt(at))) {
                    return null;
                }
                value.append(text.charAt(at++));
            }
            return skip('"') ? value.toString() : null;
        }

        /** The token that begins here, in lower case; empty when there is none. */
        private String token() {
            var from = at;
            while (at < text.length() && Token.isPart(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at).toLowerCase(Locale.ROOT);
        }

        private boolean skip(char c) {
            var here = at < text.length() && text.charAt(at) == c;
            at += here ? 1 : 0;
            return here;
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
