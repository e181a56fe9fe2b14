package dev.portcullis.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path template of OpenAPI, such as <code>/orders/{id}</code>. Immutable.
 *
 * @param template the template as written
 * @param segments what stands between slashes
 */
record ApiPath(String template, List<List<Part>> segments) {

    /** A piece of a segment: a name in braces, or text. */
    record Part(String text, boolean named) {}

    /** Reads a template. */
    static ApiPath of(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("paths: `" + template + "` (expected: a path that begins with `/`)");
        }
        var segments = new ArrayList<List<Part>>();
        for (var segment : template.substring(1).split("/", -1)) {
            segments.add(parts(segment, template));
        }
        var path = new ApiPath(template, List.copyOf(segments));
        if (path.names().size() != new HashSet<>(path.names()).size()) {
            throw new IllegalArgumentException("paths: `" + template + "` (expected: every name once)");
        }
        return path;
    }

    private static List<Part> parts(String segment, String template) {
        var parts = new ArrayList<Part>();
        for (var at = 0; at < segment.length(); ) {
            var named = segment.charAt(at) == '{';
            var end = segment.indexOf(named ? '}' : '{', at);
            if (named && end < at + 2
                    || named && !parts.isEmpty() && parts.get(parts.size() - 1).named()) {
                throw new IllegalArgumentException(
                        "paths: `" + template + "` (expected: names in braces, with text between them)");
            }
            var stop = end < 0 ? segment.length() : end;
            parts.add(new Part(segment.substring(named ? at + 1 : at, stop), named));
            at = named ? stop + 1 : stop;
        }
        return List.copyOf(parts);
    }

    /** The names in braces. */
    List<String> names() {
        return segments.stream()
                .flatMap(List::stream)
                .filter(Part::named)
                .map(Part::text)
                .toList();
    }

    /** How many segments are no more than text: the more, the earlier the template is tried. */
    int concrete() {
        var count = 0;
        for (var segment : segments) {
            count += segment.stream().noneMatch(Part::named) ? 1 : 0;
        }
        return count;
    }

    /**
     * The values of the names as sent, when the segments of a path are of this template; else null.
     *
     * @param raw the segments as sent
     * @param decoded the segments decoded once
     */
    @Nullable
    Map<String, String> match(List<String> raw, List<String> decoded) {
        if (raw.size() != segments.size()) {
            return null;
        }
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < raw.size(); i++) {
            var plain = segments.get(i).stream().noneMatch(Part::named);
            if (!matches(segments.get(i), plain ? decoded.get(i) : raw.get(i), values)) {
                return null;
            }
        }
        return values;
    }

    private static boolean matches(List<Part> parts, String raw, Map<String, String> values) {
        var at = 0;
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            if (!part.named()) {
                if (!raw.startsWith(part.text(), at)) {
                    return false;
                }
                at += part.text().length();
                continue;
            }
            var end = i + 1 == parts.size()
                    ? raw.length()
                    : raw.indexOf(parts.get(i + 1).text(), at + 1);
            if (end <= at) {
                return false;
            }
            values.put(part.text(), raw.substring(at, end));
            at = end;
        }
        return at == raw.length();
    }
}
