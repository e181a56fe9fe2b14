package dev.portcullis.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the one element of an {@code X-Forwarded-Client-Cert} field: pairs parted by semicolons, values quoted or not. */
final class XfccElement {

    private static final int MAX_PAIRS = 64;

    private final String text;
    private int at;

    private XfccElement(String text) {
        this.text = text;
    }

    /** The pairs, names in lower case; of names that may be there more than once the last; null when there is not exactly one element. */
    static @Nullable Map<String, String> parse(String text) {
        return new XfccElement(text).pairs();
    }

    private @Nullable Map<String, String> pairs() {
        var pairs = new HashMap<String, String>();
        for (var count = 0; count < MAX_PAIRS; count++) {
            var equals = text.indexOf('=', at);
            if (equals < 0) {
                return null;
            }
            var name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = equals + 1;
            var value = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
            if (value == null || pairs.put(name, value) != null && isSingle(name)) {
                return null;
            }
            if (at == text.length()) {
                return pairs;
            }
            if (text.charAt(at++) != ';') {
                return null;
            }
        }
        return null;
    }

    private static boolean isSingle(String name) {
        return name.equals("cert") || name.equals("chain");
    }

    private String plain() {
        var from = at;
        while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',') {
            at++;
        }
        return text.substring(from, at);
    }

    private @Nullable String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        return null;
    }
}
