package dev.portcullis.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path template of OpenAPI, such as <code>/orders/{id}</code>. Immutable.
 *
 * @param template the template as written
 * @param segments what stands between slashes
 */
record ApiPath(String template, List<List<Part>> segments) {

    private static final Pattern NAMED = Pattern.compile("\\{[^{}]*+(?:\\{[^{}]*+\\}[^{}]*+)*+\\}");

    /** A piece of a segment: a name in braces, or text. */
    record Part(String text, boolean named) {}

    /** Reads a template. */
    static ApiPath of(String template) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("paths: `" + template + "` (expected: a path that begins with `/`)");
        }
        if (template.indexOf('?') >= 0 || template.indexOf('#') >= 0) {
            throw new IllegalArgumentException("paths: `" + template
                    + "` (expected: a path without `?` and `#`, and parameters of the query beside it)");
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
     * Tells whether this is nearer than the other template to every path that both are of: in no segment it has more names or less text,
     * and in one it has more text or fewer names.
     */
    boolean isNearer(ApiPath other) {
        var nearer = false;
        for (var i = 0; i < segments.size() && i < other.segments.size(); i++) {
            var fewer = names(other.segments.get(i)) - names(segments.get(i));
            var more = length(segments.get(i)) - length(other.segments.get(i));
            if (fewer < 0 || more < 0 && names(segments.get(i)) > 0) {
                return false;
            }
            nearer |= fewer > 0 || more > 0;
        }
        return nearer;
    }

    private static long names(List<Part> segment) {
        return segment.stream().filter(Part::named).count();
    }

    private static int length(List<Part> segment) {
        return segment.stream()
                .filter(part -> !part.named())
                .mapToInt(part -> part.text().length())
                .sum();
    }

    /** The template with the names left out, as another notation of the same path has it too. */
    static String shape(String template) {
        return NAMED.matcher(template).replaceAll("{}");
    }

    /**
     * The values of the names as sent, when the segments of a path are of this template; else nothing. Where text between names
     * stands in a segment more than once, there are two: readers may take the first or the last.
     *
     * @param raw the segments as sent
     * @param decoded the segments decoded once
     */
    List<Map<String, String>> match(List<String> raw, List<String> decoded) {
        var first = values(raw, decoded, false);
        if (first == null) {
            return List.of();
        }
        var last = isReadInOneWay() ? first : values(raw, decoded, true);
        return last == null || last.equals(first) ? List.of(first) : List.of(first, last);
    }

    private @Nullable Map<String, String> values(List<String> raw, List<String> decoded, boolean last) {
        if (raw.size() != segments.size() || !hasTexts(decoded)) {
            return null;
        }
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < raw.size(); i++) {
            var parts = segments.get(i);
            if (!isText(parts) && !put(parts, raw.get(i), last, values)) {
                return null;
            }
        }
        return values;
    }

    private static boolean put(List<Part> parts, String raw, boolean last, Map<String, String> values) {
        if (parts.size() > 1) {
            return new SentSegment(raw, last).matches(parts, values);
        }
        values.put(parts.get(0).text(), raw);
        return !raw.isEmpty();
    }

    /** Tells whether no segment has text beside a name. */
    private boolean isReadInOneWay() {
        for (var i = 0; i < segments.size(); i++) {
            if (segments.get(i).size() > 1) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the segments are there that have no name in them. */
    private boolean hasTexts(List<String> decoded) {
        for (var i = 0; i < segments.size(); i++) {
            var parts = segments.get(i);
            if (isText(parts) && !decoded.get(i).equals(text(parts))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(List<Part> parts) {
        return parts.isEmpty() || parts.size() == 1 && !parts.get(0).named();
    }

    private static String text(List<Part> parts) {
        return parts.isEmpty() ? "" : parts.get(0).text();
    }
}
