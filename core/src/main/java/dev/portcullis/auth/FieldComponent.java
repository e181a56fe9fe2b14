package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.Structured;
import dev.portcullis.http.Structured.Bytes;
import dev.portcullis.http.Structured.Item;
import dev.portcullis.http.Structured.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The components of a message that are fields (RFC 9421, section 2.1). Stateless. */
@TrustedBase
final class FieldComponent {

    /** Fields that are dictionaries, though some of their values read as something else too. */
    private static final Set<String> DICTIONARIES = Set.of(
            "accept-signature",
            "cdn-cache-control",
            "content-digest",
            "priority",
            "repr-digest",
            "signature",
            "signature-input",
            "want-content-digest",
            "want-repr-digest");

    private FieldComponent() {}

    /** The component's value; null when there is none, or none that all would read as one. */
    static @Nullable String value(Request request, String name, Map<String, Object> parameters) {
        var lines = request.headers(name);
        if (!isName(name) || lines.isEmpty() || !Set.of("sf", "bs", "key").containsAll(parameters.keySet())) {
            return null;
        }
        var reprinted = Boolean.TRUE.equals(parameters.get("sf"));
        var key = parameters.get("key");
        if (parameters.containsKey("bs")) {
            return Boolean.TRUE.equals(parameters.get("bs")) && parameters.size() == 1 ? binary(lines) : null;
        }
        if (key != null) {
            return key instanceof String member && reprinted == parameters.containsKey("sf")
                    ? member(lines, member)
                    : null;
        }
        return parameters.isEmpty() ? joined(lines) : reprinted ? reprinted(name, lines) : null;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c <= '~' && !(c >= 'A' && c <= 'Z') && c != '"' && c != ':');
    }

    private static String joined(List<String> lines) {
        var stripped = new ArrayList<String>(lines.size());
        lines.forEach(line -> stripped.add(trimmed(line)));
        return String.join(", ", stripped);
    }

    /** The line without spaces and tabs around it (RFC 9110, section 5.5); all else is part of the value, whatever it looks like. */
    private static String trimmed(String line) {
        var begin = 0;
        var end = line.length();
        while (begin < end && isSpace(line.charAt(begin))) {
            begin++;
        }
        while (begin < end && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(begin, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static @Nullable String binary(List<String> lines) {
        var members = new ArrayList<Member>();
        for (var line : lines) {
            if (line.chars().anyMatch(c -> c > 0xff)) {
                return null;
            }
            members.add(new Item(new Bytes(trimmed(line).getBytes(StandardCharsets.ISO_8859_1)), Map.of()));
        }
        return Structured.print(members);
    }

    private static @Nullable String member(List<String> lines, String key) {
        var field = Structured.dictionary(lines);
        var member = field == null || field.repeats() ? null : field.members().get(key);
        return member == null ? null : Structured.print(member);
    }

    /** The canonical text, where all readings agree on one. */
    private static @Nullable String reprinted(String name, List<String> lines) {
        var dictionary = Structured.dictionary(lines);
        var asDictionary = dictionary == null || dictionary.repeats() ? null : Structured.print(dictionary);
        if (DICTIONARIES.contains(name)) {
            return asDictionary;
        }
        var list = Structured.list(lines);
        var asList = list == null ? null : Structured.print(list);
        if (asList != null && dictionary != null && !asList.equals(asDictionary)) {
            return null;
        }
        return asList != null ? asList : asDictionary;
    }
}
