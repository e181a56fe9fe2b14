package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.schema.Signature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Values of cookies, of which the first is taken, without quotes and decoded; and values of which nothing is known. */
final class CookieText {

    /** Anything. */
    static final Signature.Type ANY = new Signature.Type(
            JsonNodeFactory.instance.objectNode(), texts -> JsonNodeFactory.instance.textNode(texts.get(0)), true);

    /** What may stand in a cookie (RFC 6265, section 4.1.1). */
    private static final Pattern OCTETS = Pattern.compile("[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]*+");

    private CookieText() {}

    /** The same type, read from a cookie. */
    static Signature.Type of(Signature.Type type) {
        return new Signature.Type(type.schema(), texts -> value(type, texts.get(0)), type.many());
    }

    /** Containers differ over quotes and what is encoded: whatever one of them may read is read. */
    private static @Nullable JsonNode value(Signature.Type type, String text) {
        var bare = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
        for (var one : List.of(text, bare, decoded(bare))) {
            var value = type.conversion().value(List.of(one));
            if (value != null) {
                return value;
            }
        }
        // containers leave out a cookie whose value is none
        return OCTETS.matcher(bare).matches() ? null : JsonNodeFactory.instance.nullNode();
    }

    private static String decoded(String text) {
        try {
            return UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
