package dev.portcullis.respond;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may show a response in a frame. Immutable.
 *
 * @param directive the directive of a content security policy
 * @param option the value of {@code X-Frame-Options}; null where it cannot say so
 */
record Frames(String directive, @Nullable String option) {

    private static final String NAME = "frame-ancestors";

    static Frames of(Collection<String> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("frame-ancestors: nobody (expected: `none`, `self`, or origins)");
        }
        var alone = sources.size() == 1 ? sources.iterator().next() : "";
        if (alone.equals("none")) {
            return new Frames(NAME + " 'none'", "DENY");
        }
        if (alone.equals("self")) {
            return new Frames(NAME + " 'self'", "SAMEORIGIN");
        }
        var list = sources.stream().map(Frames::source).collect(Collectors.joining(" "));
        return new Frames(NAME + " " + list, null);
    }

    private static String source(String text) {
        if (text.equals("self")) {
            return "'self'";
        }
        var rest =
                text.startsWith("https://") ? text.substring(8) : text.startsWith("http://") ? text.substring(7) : "";
        if (rest.isEmpty() || !rest.chars().allMatch(Frames::isOfHost)) {
            throw new IllegalArgumentException("frame-ancestors: `" + text
                    + "` (expected: `none` alone, `self`, or an origin such as `https://app.example.com`)");
        }
        return text;
    }

    private static boolean isOfHost(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-.:*[]".indexOf(c) >= 0;
    }

    /** The policy with this directive in the place of its own. */
    String in(@Nullable String policy) {
        var others = policy == null ? Stream.<String>of() : Arrays.stream(policy.split(";"));
        return Stream.concat(others.map(String::strip).filter(Frames::isOther), Stream.of(directive))
                .collect(Collectors.joining("; "));
    }

    private static boolean isOther(String part) {
        return !part.isEmpty() && !part.toLowerCase(Locale.ROOT).startsWith(NAME);
    }
}
