package dev.portcullis.respond;

import dev.portcullis.http.Structured;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tells which values browsers would understand. Stateless. */
final class FieldValue {

    private static final String SIGNS = "!#$%&'*+-.^_`|~";
    private static final int MAX_LENGTH = 8192;

    /** Fields that the container or the gate writes by itself; somebody else's value would break the message. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-request-id");

    private static final Map<String, Set<String>> WORDS = Map.of(
            "cross-origin-opener-policy",
                    Set.of("unsafe-none", "same-origin-allow-popups", "same-origin", "noopener-allow-popups"),
            "cross-origin-embedder-policy", Set.of("unsafe-none", "require-corp", "credentialless"),
            "cross-origin-resource-policy", Set.of("same-site", "same-origin", "cross-origin"),
            "x-content-type-options", Set.of("nosniff"),
            "x-frame-options", Set.of("DENY", "SAMEORIGIN"),
            "referrer-policy",
                    Set.of(
                            "no-referrer",
                            "no-referrer-when-downgrade",
                            "same-origin",
                            "origin",
                            "strict-origin",
                            "origin-when-cross-origin",
                            "strict-origin-when-cross-origin",
                            "unsafe-url"));

    private FieldValue() {}

    static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(FieldValue::isOfName)) {
            throw new IllegalArgumentException("`" + name + "` (expected: the name of a header field)");
        }
        var field = name.toLowerCase(Locale.ROOT);
        if (FRAMING.contains(field)) {
            throw new IllegalArgumentException(
                    "`" + name + "` (expected: a field that is no part of the message's frame)");
        }
        if (value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(name + ": not at most " + MAX_LENGTH + " visible ASCII characters");
        }
        if (!value.isEmpty()) {
            understood(field, value);
        }
    }

    private static void understood(String field, String value) {
        var words = WORDS.get(field);
        if (words != null) {
            var parts = field.equals("referrer-policy") ? value.split(",") : new String[] {value.split(";")[0]};
            var unknown = Stream.of(parts)
                    .map(String::strip)
                    .filter(part -> !words.contains(part))
                    .findFirst();
            unknown.ifPresent(word -> {
                throw new IllegalArgumentException(field + ": `" + word + "` (expected: one of `"
                        + String.join("`, `", words.stream().sorted().toList()) + "`)");
            });
        }
        if (field.equals("permissions-policy") && Structured.dictionary(List.of(value)) == null) {
            throw new IllegalArgumentException(
                    field + ": `" + value + "` (expected: such as `camera=(), geolocation=(self)`)");
        }
        if (field.startsWith("content-security-policy")) {
            directives(field, value);
        }
    }

    private static void directives(String field, String value) {
        for (var part : value.split(";")) {
            var name = part.strip().split("\\s")[0];
            if (part.isBlank() || !name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '-')) {
                throw new IllegalArgumentException(
                        field + ": `" + name + "` (expected: directives such as `default-src 'self'`)");
            }
        }
    }

    private static boolean isOfName(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || SIGNS.indexOf(c) >= 0;
    }
}
