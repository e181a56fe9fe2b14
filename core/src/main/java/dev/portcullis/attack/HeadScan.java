package dev.portcullis.attack;

import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes the head of a request apart: path, query, cookies and some header fields. */
final class HeadScan {

    private HeadScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, Request request) {
        var path = request.rawPath();
        var deny = encoded(inspection, Place.PATH, "", path, 0, path.length());
        var query = request.query();
        if (deny == null && query != null) {
            deny = Pairs.look(inspection, query, Place.QUERY_NAME, Place.QUERY_VALUE);
        }
        var headers = request.headers();
        for (var i = 0; deny == null && i < headers.size(); i++) {
            deny = header(inspection, headers.get(i));
        }
        return deny;
    }

    private static Verdict.@Nullable Deny header(Inspection inspection, Header header) {
        var place = place(header.name());
        if (place == null) {
            return null;
        }
        var value = header.value();
        if (place == Place.COOKIE) {
            return cookies(inspection, value);
        }
        return inspection.isPlain(place, Traits.of(value)) ? null : inspection.look(place, header.name(), value);
    }

    private static @Nullable Place place(String name) {
        return switch (name.length()) {
            case 6 -> name.equalsIgnoreCase("Cookie") ? Place.COOKIE : other(name);
            case 7 -> name.equalsIgnoreCase("Referer") ? Place.REFERER : other(name);
            case 10 -> name.equalsIgnoreCase("User-Agent") ? Place.USER_AGENT : other(name);
            default -> other(name);
        };
    }

    private static @Nullable Place other(String name) {
        return name.length() > 2 && name.charAt(1) == '-' && Text.lower(name.charAt(0)) == 'x' ? Place.HEADER : null;
    }

    private static Verdict.@Nullable Deny cookies(Inspection inspection, String line) {
        var from = 0;
        while (from < line.length()) {
            var semicolon = line.indexOf(';', from);
            var to = semicolon < 0 ? line.length() : semicolon;
            var equals = line.indexOf('=', from);
            var start = equals < 0 || equals > to ? from : equals + 1;
            var name = start == from ? "" : line.substring(from, equals).strip();
            var deny = encoded(inspection, Place.COOKIE, name, line, start, to);
            if (deny != null) {
                return deny;
            }
            from = to + 1;
        }
        return null;
    }

    private static Verdict.@Nullable Deny encoded(
            Inspection inspection, Place place, String name, String line, int from, int to) {
        if (inspection.isPlain(place, Traits.of(line, from, to))) {
            return null;
        }
        return inspection.look(place, name, Percent.decode(line.substring(from, to), false));
    }
}
