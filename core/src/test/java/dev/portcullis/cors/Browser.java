package dev.portcullis.cors;

import dev.portcullis.Header;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a browser makes of a response, after the Fetch standard: the oracle of what a policy emits.
 *
 * @param origin the origin of the page
 * @param credentials whether the page sends credentials
 */
record Browser(String origin, boolean credentials) {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "POST");

    /** The CORS check. */
    boolean mayRead(List<Header> response) {
        var allowed = lines(response, "Access-Control-Allow-Origin");
        if (allowed.size() != 1) {
            return false;
        }
        var value = trimmed(allowed.get(0));
        if (value.equals("*") && !credentials) {
            return true;
        }
        return value.equals(origin)
                && (!credentials
                        || joined(response, "Access-Control-Allow-Credentials").equals("true"));
    }

    /** The part of a preflight that is done with its response. */
    boolean maySend(String method, List<String> headers, List<Header> response) {
        if (!mayRead(response)) {
            return false;
        }
        var methods = members(response, "Access-Control-Allow-Methods");
        var anyMethod = !credentials && methods.contains("*");
        if (!SAFE_METHODS.contains(method) && !anyMethod && !methods.contains(method)) {
            return false;
        }
        var allowed = members(response, "Access-Control-Allow-Headers").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        var anyHeader = !credentials && allowed.contains("*");
        return headers.stream().allMatch(name -> allowed.contains(name) || anyHeader && !name.equals("authorization"));
    }

    static List<String> members(List<Header> response, String field) {
        return Arrays.stream(joined(response, field).split(","))
                .map(Browser::trimmed)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    static List<String> lines(List<Header> response, String field) {
        return response.stream()
                .filter(header -> header.named(field))
                .map(Header::value)
                .toList();
    }

    private static String joined(List<Header> response, String field) {
        return String.join(",", lines(response, field));
    }

    private static String trimmed(String value) {
        return value.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
    }
}
