package dev.portcullis.cli;

import dev.portcullis.attack.Exclusion.In;
import dev.portcullis.attack.Hit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request that was denied asks for: that one detector spares one parameter of one route. Immutable.
 *
 * @param policy the policy whose rule denied
 * @param detector the detector
 * @param in where the parameter stands; null when nothing there can be excluded
 * @param parameter the parameter's name
 * @param path the path, with stars for what looks like an id
 */
record Ask(String policy, String detector, @Nullable In in, String parameter, String path) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SEGMENT = 24;
    private static final Pattern ID = Pattern.compile("[0-9]+|(?=[^0-9]*[0-9])[0-9a-fA-F-]{8,}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String ANY = "*";

    static Ask of(String policy, String path, Hit hit) {
        var name = hit.parameter();
        var named = !name.isBlank()
                && name.length() <= LONGEST_NAME
                && Report.plain(name).equals(name);
        return new Ask(policy, hit.detector(), named ? hit.in() : null, named ? name : "", template(path));
    }

    /** The path with stars for numbers, for what may be a secret, and for whatever is no plain word. */
    static String template(String path) {
        return Stream.of(path.split("/", -1)).map(Ask::segment).collect(Collectors.joining("/"));
    }

    private static String segment(String text) {
        var plain = text.isEmpty()
                || text.length() <= LONGEST_SEGMENT
                        && WORD.matcher(text).matches()
                        && !ID.matcher(text).matches();
        return plain ? text : ANY;
    }

    /** The same without the path, under which demands of many paths are one. */
    Ask anywhere() {
        return new Ask(policy, detector, in, parameter, "");
    }

    boolean canBeExcluded() {
        return in != null;
    }
}
