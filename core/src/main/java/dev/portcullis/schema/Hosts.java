package dev.portcullis.schema;

import com.networknt.schema.utils.RFC5892;
import dev.portcullis.Address;
import dev.portcullis.http.Punycode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host names, addresses and mailboxes. */
final class Hosts {

    private static final Pattern DOTS = Pattern.compile("[.\u3002\uff0e\uff61]");
    private static final int MAX_HOST = 253;
    private static final int MAX_LABEL = 63;
    private static final String ENCODED = "xn--";
    private static final int MAX_LOCAL = 64;
    private static final int MAX_MAILBOX = 254;
    private static final String ATOM_SIGNS = "!#$%&'*+-/=?^_`{|}~";

    private Hosts() {}

    /** Tells whether this is a host name in ASCII (RFC 1123, section 2.1), encoded labels decoding to what may be encoded. */
    static boolean isHostname(String text) {
        return text.length() <= MAX_HOST && (arePlain(text) || isAscii(text) && areLabels(text.split("\\.", -1)));
    }

    /** Tells whether this is a host name in Unicode (RFC 5890, section 2.3.2.3). */
    static boolean isIdnHostname(String text) {
        return text.length() <= MAX_HOST && (arePlain(text) || areLabels(DOTS.split(text, -1)));
    }

    /** Tells whether these are labels of ASCII's letters and digits with single hyphens between them, of which nothing else is asked. */
    private static boolean arePlain(String host) {
        var start = 0;
        for (var i = 0; i < host.length(); i++) {
            var c = host.charAt(i);
            if (isAlphanumeric(c)) {
                continue;
            }
            // Neither at the end of a label nor at its beginning.
            var between = i > start && i + 1 < host.length() && isAlphanumeric(host.charAt(i + 1));
            if (!between || c != '-' && c != '.' || i - start > MAX_LABEL) {
                return false;
            }
            start = c == '.' ? i + 1 : start;
        }
        return !host.isEmpty() && host.length() - start <= MAX_LABEL;
    }

    private static boolean areLabels(String[] labels) {
        var decoded = new ArrayList<String>(labels.length);
        for (var label : labels) {
            var unicode = isAscii(label) ? decoded(label) : label;
            if (unicode == null || !isLabel(label, unicode)) {
                return false;
            }
            decoded.add(unicode);
        }
        return RightToLeft.allow(decoded);
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** The label as it is meant; null when it is not encoded although it is marked as that. */
    private static @Nullable String decoded(String label) {
        if (!label.startsWith("--", 2)) {
            return label;
        }
        return label.regionMatches(true, 0, ENCODED, 0, ENCODED.length())
                ? Punycode.decode(label.substring(ENCODED.length()))
                : null;
    }

    private static boolean isLabel(String label, String unicode) {
        if (label.isEmpty() || label.length() > MAX_LABEL || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        return isAscii(unicode)
                ? unicode.equals(label) && label.chars().allMatch(c -> isAlphanumeric(c) || c == '-')
                : Normalizer.isNormalized(unicode, Normalizer.Form.NFC) && RFC5892.isValid(unicode);
    }

    static boolean isIpv4(String text) {
        return text.indexOf(':') < 0 && Address.parseOrNull(text) != null;
    }

    static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0 && Address.parseOrNull(text) != null;
    }

    /** Tells whether this is a mailbox in ASCII (RFC 5321, section 4.1.2). */
    static boolean isEmail(String text) {
        return text.length() <= MAX_MAILBOX && isAscii(text) && isMailbox(text);
    }

    /** Tells whether this is a mailbox in Unicode (RFC 6531, section 3.3). */
    static boolean isIdnEmail(String text) {
        return isMailbox(text);
    }

    private static boolean isMailbox(String text) {
        var at = text.lastIndexOf('@');
        if (at < 1 || at > MAX_LOCAL || text.length() > MAX_MAILBOX) {
            return false;
        }
        var local = text.substring(0, at);
        return (local.startsWith("\"") ? isQuoted(local) : isDotted(local)) && isMailDomain(text.substring(at + 1));
    }

    private static boolean isQuoted(String local) {
        var at = 1;
        while (at < local.length() - 1) {
            var c = local.charAt(at);
            at += c == '\\' ? 2 : 1;
            if (c == '"' || c < ' ' || c == 127) {
                return false;
            }
        }
        return local.length() > 1 && at == local.length() - 1 && local.endsWith("\"");
    }

    private static boolean isDotted(String local) {
        var before = '.';
        for (var i = 0; i < local.length(); i++) {
            var c = local.charAt(i);
            if (c == '.' ? before == '.' : !isAtomChar(c)) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static boolean isMailDomain(String domain) {
        if (!domain.startsWith("[") || !domain.endsWith("]")) {
            return isIdnHostname(isAscii(domain) ? domain : Normalizer.normalize(domain, Normalizer.Form.NFC));
        }
        var literal = domain.substring(1, domain.length() - 1);
        return literal.startsWith("IPv6:") ? isIpv6(literal.substring("IPv6:".length())) : isIpv4(literal);
    }

    private static boolean isAtomChar(int c) {
        return c >= 128 || isAlphanumeric(c) || ATOM_SIGNS.indexOf(c) >= 0;
    }

    static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
