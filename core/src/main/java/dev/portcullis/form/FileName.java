package dev.portcullis.form;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes the name of an uploaded file dangerous to whoever takes it for a name of his own: separators, characters that hide
 * the ending or that file systems drop, names of devices.
 */
final class FileName {

    /** How many characters a name may have: what file systems take. */
    static final int MAX_LENGTH = 255;

    private static final String TOO_LONG = "a file name of more than " + MAX_LENGTH + " characters";
    private static final String SEPARATOR = "a separator in a file name";
    private static final String CONTROL = "a control character in a file name";
    private static final String DIRECTION = "a character in a file name that is not seen";
    private static final String EDGE = "a dot or a blank at the edge of a file name";
    private static final String ENCODED = "an encoded separator, dot or control character in a file name";
    private static final String DEVICE = "the name of a device";
    private static final String FOLDED = "a character in a file name that folds to a separator or a dot";
    private static final String SEPARATORS = "/\\:*?<>|\"";
    private static final String FOLDING = SEPARATORS + ".%";
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "clock$", "conin$", "conout$");

    private FileName() {}

    /** What is wrong with the name, as a phrase for the operator; null when nothing is. */
    static @Nullable String trouble(String name) {
        if (name.length() > MAX_LENGTH) {
            return TOO_LONG;
        }
        for (var at = 0; at < name.length(); at++) {
            var c = name.codePointAt(at);
            var found = c == '%' ? encoded(name, at) : character(c);
            if (found != null) {
                return found;
            }
            at += Character.charCount(c) - 1;
        }
        return shape(name);
    }

    private static @Nullable String shape(String name) {
        if (!name.isEmpty() && (isEdge(name.charAt(0)) || isEdge(name.charAt(name.length() - 1)))) {
            return EDGE;
        }
        if (isDevice(name)) {
            return DEVICE;
        }
        var folded = Normalizer.normalize(name, Normalizer.Form.NFKC);
        return count(folded) > count(name) ? FOLDED : null;
    }

    private static @Nullable String character(int c) {
        if (SEPARATORS.indexOf(c) >= 0) {
            return SEPARATOR;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> CONTROL;
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> DIRECTION;
            default -> null;
        };
    }

    /** Browsers encode quotes and line ends themselves; the latter in no honest name. */
    private static @Nullable String encoded(String name, int at) {
        if (at + 3 > name.length()) {
            return null;
        }
        try {
            var octet = Integer.parseInt(name.substring(at + 1, at + 3), 16);
            return octet < ' ' || octet == 0x7f || octet == '.' || octet == '/' || octet == '\\' ? ENCODED : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isEdge(char c) {
        return c == '.' || c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isDevice(String name) {
        var dot = name.indexOf('.');
        var stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        var numbered = stem.length() == 4
                && (stem.startsWith("com") || stem.startsWith("lpt"))
                && Character.isDigit(
                        Normalizer.normalize(stem, Normalizer.Form.NFKC).charAt(3));
        return numbered || DEVICES.contains(stem);
    }

    private static long count(String text) {
        return text.chars().filter(c -> FOLDING.indexOf(c) >= 0).count();
    }
}
