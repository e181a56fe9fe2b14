package dev.portcullis.config;

import dev.portcullis.match.PathPattern;
import java.util.ArrayList;
import java.util.List;

/** Reads frameworks' path patterns as patterns that cover at least the same paths. */
final class HandlerPattern {

    private static final PathPattern ALL = PathPattern.parse("/**");

    private HandlerPattern() {}

    private static boolean bracesSpanSegments(String framework) {
        var depth = 0;
        for (var c : framework.toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '/' && depth != 0) {
                return true;
            }
        }
        return depth != 0;
    }

    static PathPattern of(String framework) {
        var segments = new ArrayList<String>();
        if (!framework.chars().allMatch(c -> c > ' ') || bracesSpanSegments(framework)) {
            return ALL;
        }
        for (var segment : List.of((framework.startsWith("/") ? framework.substring(1) : framework).split("/", -1))) {
            if (segment.contains("**") || segment.startsWith("{*")) {
                segments.add("**");
                break;
            }
            segments.add(segment.chars().anyMatch(c -> "*?{}\\".indexOf(c) >= 0) ? "*" : segment);
        }
        try {
            return PathPattern.parse("/" + String.join("/", segments));
        } catch (IllegalArgumentException e) {
            return ALL;
        }
    }
}
