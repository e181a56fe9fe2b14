package dev.portcullis.attack;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document type at the beginning of a body that can do nothing: it names one that the W3C keeps, one that is nowhere, or none, and declares nothing but short names for
 * addresses of name spaces, as programs that draw write it. Immutable.
 *
 * @param end the index behind it
 * @param names the addresses by their names
 */
record DocumentType(int end, Map<String, String> names) {

    /** How long a document type is at most, and how many names it declares. */
    private static final int LONGEST = 4_096;

    private static final int MOST_NAMES = 32;
    /** How long an address and a name are at most, and how often names may be used: nobody makes much of little with them. */
    private static final int LONGEST_ADDRESS = 128;

    private static final int MOST_USES = 128;

    private static final String START = "<!DOCTYPE";
    private static final String ENTITY = "<!ENTITY";
    private static final String DATA = "<![CDATA[";
    private static final String DATA_END = "]]>";

    /** The document type that begins a text; null for one that could do something, or that nobody can read. */
    static @Nullable DocumentType of(String text) {
        return new Reading(text).read();
    }

    /** What follows the document type, with the addresses in place of their names; null when there are too many. Reads the text once. */
    @Nullable
    String resolve(Text text) {
        var resolved = new StringBuilder(text.length());
        if (names.isEmpty()) {
            text.copy(end, text.length(), resolved);
            return resolved.toString();
        }
        var uses = 0;
        var data = -1; // where a section ends that was begun: at the length, and none behind it, when it does not
        for (int i = end, next; i < text.length() && uses <= MOST_USES; i = next) {
            var address = text.at(i) == '&' ? address(text, i + 1) : null;
            if (address != null) {
                uses++;
                resolved.append(address);
                next = nameEnd(text, i + 1) + 1;
                continue;
            }
            data = data < text.length() && has(text, DATA, i) ? dataEnd(text, i) : data;
            next = i < data && data < text.length() ? data : i + 1;
            text.copy(i, next, resolved);
        }
        return uses > MOST_USES ? null : resolved.toString();
    }

    /** The address by the name that begins at the index, when that is used there. */
    private @Nullable String address(Text text, int from) {
        var close = nameEnd(text, from);
        return text.at(close) == ';' ? names.get(text.excerpt(from, close - from)) : null;
    }

    private static int nameEnd(Text text, int from) {
        var i = from;
        while (i < from + LONGEST_ADDRESS && isName(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isName(char c) {
        return Text.isWord(c) || c == '-' || c == '.' || c == ':';
    }

    /** The index of the end of the data from the index on; the length when there is none. */
    private static int dataEnd(Text text, int from) {
        var i = text.next(']', from);
        while (i < text.length() && !has(text, DATA_END, i)) {
            i = text.next(']', i + 1);
        }
        return i;
    }

    private static boolean has(Text text, String word, int at) {
        for (var i = 0; i < word.length(); i++) {
            if (text.at(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** One reading of a document type, from left to right. */
    private static final class Reading {

        private final String text;
        private final int limit;
        private final Map<String, String> names = new HashMap<>();
        private int at;

        private Reading(String text) {
            this.text = text;
            this.limit = Math.min(text.length(), LONGEST);
        }

        @Nullable
        DocumentType read() {
            if (!take(START) || !blank() || name().isEmpty()) {
                return null;
            }
            var spaced = blank();
            if (take("PUBLIC") && !(spaced && isPublic()) || take("SYSTEM") && !(spaced && isUrn())) {
                return null;
            }
            blank();
            if (take("[") && !isSubset()) {
                return null;
            }
            blank();
            return take(">") ? new DocumentType(at, Map.copyOf(names)) : null;
        }

        /** Tells whether a name that the W3C gives follows, and an address of its own. */
        private boolean isPublic() {
            blank();
            var id = quoted();
            var apart = blank();
            var address = quoted();
            return apart
                    && id.startsWith("-//W3C//")
                    && (address.startsWith("http://www.w3.org/") || address.startsWith("https://www.w3.org/"))
                    && isPlain(address);
        }

        /** Tells whether a name follows under which nothing can be fetched (RFC 8141). */
        private boolean isUrn() {
            var apart = blank();
            var name = quoted();
            return apart && name.startsWith("urn:") && isPlain(name);
        }

        /** Tells whether nothing but names of addresses and comments follow up to the bracket. */
        private boolean isSubset() {
            for (blank(); !take("]"); blank()) {
                if (take("<!--") ? !isClosed() : !isName()) {
                    return false;
                }
            }
            return true;
        }

        /** Tells whether the comment that was begun ends, and goes behind it. */
        private boolean isClosed() {
            var end = text.indexOf("-->", at);
            if (end < 0 || end > limit) {
                return false;
            }
            at = end + "-->".length();
            return true;
        }

        private boolean isName() {
            if (!take(ENTITY) || !blank()) {
                return false;
            }
            var name = name();
            var apart = blank();
            var address = quoted();
            blank();
            names.putIfAbsent(name, address);
            return !name.isEmpty()
                    && !isPredefined(name)
                    && apart
                    && (address.startsWith("http://") || address.startsWith("https://"))
                    && isPlain(address)
                    && names.size() <= MOST_NAMES
                    && take(">");
        }

        private static boolean isPredefined(String name) {
            return switch (name) {
                case "lt", "gt", "amp", "quot", "apos" -> true;
                default -> false;
            };
        }

        /** Tells whether an address is short, and has nothing that means something in XML, or leads elsewhere. */
        private static boolean isPlain(String address) {
            for (var i = 0; i < address.length(); i++) {
                if (!Text.isWord(address.charAt(i)) && "-./:#".indexOf(address.charAt(i)) < 0) {
                    return false;
                }
            }
            return address.length() <= LONGEST_ADDRESS && !address.contains("..");
        }

        private boolean take(String word) {
            if (at + word.length() > limit || !text.startsWith(word, at)) {
                return false;
            }
            at += word.length();
            return true;
        }

        private boolean blank() {
            var from = at;
            while (at < limit && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at > from;
        }

        private String name() {
            var from = at;
            while (at < limit && DocumentType.isName(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        /** What stands between quotes; nothing when no quote follows. */
        private String quoted() {
            var quote = at < limit ? text.charAt(at) : Text.END;
            var close = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
            if (close < 0 || close >= limit) {
                return "";
            }
            var inner = text.substring(at + 1, close);
            at = close + 1;
            return inner;
        }
    }
}
