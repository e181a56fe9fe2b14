package dev.portcullis.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the text of a pattern. Lives for one pattern. */
final class PatternText {

    private static final int MAX_LENGTH = 1024;
    private static final String NEVER_MATCHED = "\\;%?#";
    private static final String MISUSED = "*{}";

    private final String text;
    private final List<Segment> segments = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean open;

    PatternText(String text) {
        this.text = text;
        if (!text.startsWith("/")) {
            throw malformed("a path that begins with a slash");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "pattern: " + text.length() + " characters (expected: <= " + MAX_LENGTH + ")");
        }
        text.chars().forEach(this::demandMatchable);
        read();
    }

    List<Segment> segments() {
        return List.copyOf(segments);
    }

    boolean open() {
        return open;
    }

    private void demandMatchable(int c) {
        if (NEVER_MATCHED.indexOf(c) >= 0 || Character.isISOControl(c)) {
            throw malformed("the path decoded and without parameters, query and fragment");
        }
    }

    private void read() {
        var parts = text.substring(1).split("/", -1);
        for (var i = 0; i < parts.length; i++) {
            var last = i == parts.length - 1;
            if (parts[i].equals("**")) {
                demand(last, "`**` as the last segment");
                open = true;
            } else {
                demand(last || !parts[i].isEmpty(), "no empty segment");
                segments.add(segment(parts[i]));
            }
        }
    }

    private Segment segment(String part) {
        if (part.equals("*")) {
            return Segment.wildcard("");
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            return Segment.wildcard(name(part.substring(1, part.length() - 1)));
        }
        demand(!part.equals(".") && !part.equals(".."), "no dot segments");
        demand(part.chars().noneMatch(c -> MISUSED.indexOf(c) >= 0), "`*`, `**` and `{name}` only as whole segments");
        return Segment.text(part);
    }

    private String name(String name) {
        var letters = !name.isEmpty() && name.chars().allMatch(PatternText::isNamePart);
        demand(letters, "`{name}` of letters, digits, `_` and `-`");
        demand(names.add(name), "every variable once");
        return name;
    }

    private static boolean isNamePart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private void demand(boolean holds, String expected) {
        if (!holds) {
            throw malformed(expected);
        }
    }

    private IllegalArgumentException malformed(String expected) {
        return new IllegalArgumentException("pattern: `" + text + "` (expected: " + expected + ")");
    }
}
