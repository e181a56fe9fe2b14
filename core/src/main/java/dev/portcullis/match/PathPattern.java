package dev.portcullis.match;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pattern for paths, such as {@code /orders/{id}/*} or {@code /api/**}. Immutable.
 *
 * <p>It is compared segment by segment with a path that was decoded once. {@code {name}} and {@code *} stand for exactly one
 * segment that is not empty; {@code **}, which is the last segment or none, stands for any number of segments, none included, so
 * that {@code /api/**} covers {@code /api} as well. Case is significant, and so is a slash at the end.
 */
@TrustedBase
public final class PathPattern implements Comparable<PathPattern> {

    private final String text;
    private final List<Segment> segments;
    private final boolean open;
    private final Set<String> names;

    private PathPattern(String text, List<Segment> segments, boolean open) {
        this.text = text;
        this.segments = segments;
        this.open = open;
        this.names = segments.stream()
                .map(Segment::variable)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The pattern with this text.
     *
     * @throws IllegalArgumentException when the text is no pattern, or one that no unambiguous path can match
     */
    public static PathPattern parse(String text) {
        var parser = new PatternText(requireNonNull(text, "text"));
        return new PathPattern(text, parser.segments(), parser.open());
    }

    /** Tells whether the pattern covers the path, which begins with a slash and was decoded once. Allocates nothing. */
    public boolean matches(String path) {
        var at = 0;
        for (var i = 0; i < segments.size(); i++) {
            if (at == path.length() || path.charAt(at) != '/') {
                return false;
            }
            var end = endOfSegment(path, at + 1);
            if (!segments.get(i).matches(path, at + 1, end)) {
                return false;
            }
            at = end;
        }
        return at == path.length() ? !open || at > 0 : open && path.charAt(at) == '/';
    }

    private static int endOfSegment(String path, int from) {
        var slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** Tells whether there is a path that both patterns cover. */
    public boolean overlaps(PathPattern other) {
        var common = Math.min(segments.size(), other.segments.size());
        for (var i = 0; i < common; i++) {
            if (!segments.get(i).overlaps(other.segments.get(i))) {
                return false;
            }
        }
        return (open || segments.size() >= other.segments.size())
                && (other.open || other.segments.size() >= segments.size());
    }

    /** Tells whether this pattern covers every path that the other covers. */
    public boolean includes(PathPattern other) {
        var size = segments.size();
        if (other.segments.size() < size || (!open && (other.open || other.segments.size() > size))) {
            return false;
        }
        for (var i = 0; i < size; i++) {
            if (!segments.get(i).includes(other.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The names of the pattern's variables. */
    public Set<String> names() {
        return names;
    }

    /** The decoded values of the pattern's variables, by name; empty when the pattern does not cover the path. */
    public Map<String, String> variables(String path) {
        if (!matches(path)) {
            return Map.of();
        }
        var values = new HashMap<String, String>();
        var at = 0;
        for (var segment : segments) {
            var end = endOfSegment(path, at + 1);
            if (!segment.variable().isEmpty()) {
                values.put(segment.variable(), path.substring(at + 1, end));
            }
            at = end;
        }
        return Map.copyOf(values);
    }

    /**
     * Orders the more specific pattern first.
     *
     * <p>From the left, the first segment in which the two differ in kind decides: text comes before one segment of any text, and
     * that before any number of segments. A pattern that another one {@linkplain #includes includes} so comes before it. The order
     * looks at kinds only: it calls {@code /a} and {@code /b} equal, and is not consistent with equals.
     */
    @Override
    public int compareTo(PathPattern other) {
        var common = Math.min(segments.size(), other.segments.size());
        for (var i = 0; i < common; i++) {
            var kinds = Boolean.compare(
                    segments.get(i).isWildcard(), other.segments.get(i).isWildcard());
            if (kinds != 0) {
                return kinds;
            }
        }
        return Integer.compare(kindAt(common), other.kindAt(common));
    }

    /** The kind of what stands at the index: the end, a segment, or any number of segments. */
    private int kindAt(int index) {
        if (index < segments.size()) {
            return segments.get(index).isWildcard() ? 2 : 1;
        }
        return open ? 3 : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return text;
    }
}
