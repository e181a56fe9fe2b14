package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Content-Disposition} says of one part of a form (RFC 7578, section 4.2), where every reader reads the same. Immutable.
 *
 * <p>Readers differ over a parameter that is there twice, over backslashes in quotes, over a file name in {@code filename*} alone
 * or beside another one, and over what is not quoted as it should be. {@link #trouble} tells of those.
 *
 * @param name the name of the field; empty where there is trouble
 * @param fileName the name of the file; null for a field of text
 * @param trouble why readers may differ, as a phrase for the operator; null when they cannot
 */
@TrustedBase
record Disposition(
        String name, @Nullable String fileName, @Nullable String trouble) {

    /** How many characters it may have. */
    static final int MAX_LENGTH = 1024;

    private static final int MAX_PARAMETERS = 8;
    private static final String TOO_LONG = "a content disposition of more than " + MAX_LENGTH + " characters";
    private static final String NO_FORM_DATA = "a part that is not `form-data`";
    private static final String BROKEN = "a content disposition that cannot be read";
    private static final String TWICE = "a content disposition with a parameter twice";
    private static final String NO_NAME = "a part without a name";
    private static final String CONTROL = "a control character in a content disposition";
    private static final String BACKSLASH = "a backslash in a content disposition";
    private static final String NO_UTF8 = "a content disposition that is not UTF-8";
    private static final String TWO_NAMES = "a file name in `filename*` that `filename` does not say";
    private static final String EXTENDED_NAME = "the name of a field in `name*`";

    /** Reads the value of the field. */
    static Disposition of(String value) {
        if (value.length() > MAX_LENGTH) {
            return unclear(TOO_LONG);
        }
        if (Token.hasControl(value)) {
            return unclear(CONTROL);
        }
        var text = unicode(value);
        return text == null ? unclear(NO_UTF8) : new Reader(text).read();
    }

    private static Disposition unclear(String trouble) {
        return new Disposition("", null, trouble);
    }

    /** The text that browsers meant: they send UTF-8, which containers take for that or for ISO 8859-1; null when it is neither. */
    static @Nullable String unicode(String sent) {
        var wide = false;
        for (var i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) > 0xff) {
                return sent.indexOf('\ufffd') < 0 ? sent : null;
            }
            wide |= sent.charAt(i) > 0x7f;
        }
        if (!wide) {
            return sent;
        }
        var bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        return Utf8.wellFormed(bytes) ? new String(bytes, StandardCharsets.UTF_8) : sent;
    }

    /** Reads one value from left to right. Belongs to one call. */
    private static final class Reader {

        private final String text;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Disposition read() {
            if (!token().equals("form-data")) {
                return unclear(NO_FORM_DATA);
            }
            while (at < text.length()) {
                var found = parameter();
                if (found != null) {
                    return unclear(found);
                }
            }
            return told();
        }

        private Disposition told() {
            var name = parameters.get("name");
            if (name == null || parameters.containsKey("name*")) {
                return unclear(name == null ? NO_NAME : EXTENDED_NAME);
            }
            var extended = parameters.get("filename*");
            var plain = parameters.get("filename");
            if (extended != null && (plain == null || !plain.equals(decoded(extended)))) {
                return unclear(TWO_NAMES);
            }
            return new Disposition(name, plain, null);
        }

        private @Nullable String parameter() {
            skipSpace();
            if (!skip(';')) {
                return BROKEN;
            }
            skipSpace();
            if (at == text.length()) {
                return null;
            }
            var name = token();
            if (name.isEmpty() || !skip('=')) {
                return BROKEN;
            }
            if (parameters.containsKey(name) || parameters.size() == MAX_PARAMETERS) {
                return TWICE;
            }
            return value(name);
        }

        private @Nullable String value(String name) {
            var quoted = skip('"');
            var end = quoted ? text.indexOf('"', at) : endOfToken();
            if (end < 0 || end == at && !quoted) {
                return BROKEN;
            }
            var value = text.substring(at, end);
            at = end + (quoted ? 1 : 0);
            parameters.put(name, value);
            return value.indexOf('\\') < 0 ? null : BACKSLASH;
        }

        private int endOfToken() {
            var end = at;
            while (end < text.length() && Token.isPart(text.charAt(end))) {
                end++;
            }
            return end;
        }

        private String token() {
            var from = at;
            at = endOfToken();
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

        /** A value of RFC 8187: {@code UTF-8''encoded}; null when it is none. */
        private static @Nullable String decoded(String extended) {
            var first = extended.indexOf('\'');
            var second = extended.indexOf('\'', first + 1);
            if (first < 0 || second < 0 || !extended.substring(0, first).equalsIgnoreCase("utf-8")) {
                return null;
            }
            return decoded(TargetPath.octets(extended.substring(second + 1)), StandardCharsets.UTF_8);
        }

        private static @Nullable String decoded(byte[] bytes, Charset charset) {
            try {
                return charset.newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }
    }
}
