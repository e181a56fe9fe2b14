package dev.portcullis.cors;

import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code Access-Control-Request-Headers} as the Fetch standard has browsers write it: lower-case names, sorted, each once.
 *
 * <p>What intermediaries may do to a list on its way is put up with: lines split and joined, a little white space, some empty
 * elements.
 */
@TrustedBase
final class RequestedHeaders {

    /** The longest list that is read, in characters over all lines. */
    static final int MAX_LENGTH = 4096;

    private static final int MAX_WHITE_SPACE = 2;
    private static final int MAX_EMPTY = 16;

    private final Set<String> allowed;
    private final boolean any;
    private String previous = "";
    private int empty;

    private RequestedHeaders(Set<String> allowed, boolean any) {
        this.allowed = allowed;
        this.any = any;
    }

    /**
     * Tells whether all names in the lines are allowed.
     *
     * @param allowed names in lower case
     * @param any whether all names are allowed but {@code authorization}, which must be named even then
     */
    static boolean allAllowed(List<String> lines, Set<String> allowed, boolean any) {
        var length = 0;
        var reading = new RequestedHeaders(allowed, any);
        for (var line : lines) {
            length += line.length();
            if (length > MAX_LENGTH || !reading.allows(line)) {
                return false;
            }
        }
        return true;
    }

    private boolean allows(String line) {
        var start = 0;
        while (start <= line.length()) {
            var comma = line.indexOf(',', start);
            var end = comma < 0 ? line.length() : comma;
            if (!allowsElement(line, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private boolean allowsElement(String line, int start, int end) {
        var from = start;
        var to = end;
        while (from < to && isWhiteSpace(line.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(line.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return any || ++empty <= MAX_EMPTY;
        }
        var name = line.substring(from, to);
        return any ? allowsAny(name) : end - start - name.length() <= MAX_WHITE_SPACE && allowsNext(name);
    }

    private boolean allowsAny(String name) {
        return Token.is(name) && (allowed.contains("authorization") || !name.equalsIgnoreCase("authorization"));
    }

    private boolean allowsNext(String name) {
        var sorted = previous.compareTo(name) < 0;
        previous = name;
        return sorted && allowed.contains(name);
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
