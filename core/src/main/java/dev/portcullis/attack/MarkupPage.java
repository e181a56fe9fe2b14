package dev.portcullis.attack;

/**
 * What a page as a whole loads that harms nobody: scripts of its own site and well-known libraries, and what other sites give to be embedded.
 * Whoever puts a page into another page puts its scripts there, too, so scripts that are written in it count as they do elsewhere.
 */
final class MarkupPage {

    /** How long the tag of such an element is at most. */
    private static final int LONGEST = 600;

    /** Where libraries are published that do nothing by being loaded, and nothing else is. */
    private static final Phrases LIBRARIES = Phrases.of(
            "https://code.jquery.com/jquery-",
            "https://code.jquery.com/ui/",
            "https://ajax.googleapis.com/ajax/libs/jquery/",
            "https://ajax.googleapis.com/ajax/libs/jqueryui/",
            "https://cdnjs.cloudflare.com/ajax/libs/jquery/",
            "https://cdnjs.cloudflare.com/ajax/libs/popper.js/",
            "https://cdnjs.cloudflare.com/ajax/libs/twitter-bootstrap/",
            "https://cdnjs.cloudflare.com/ajax/libs/bootstrap/",
            "https://cdnjs.cloudflare.com/ajax/libs/font-awesome/",
            "https://cdnjs.cloudflare.com/ajax/libs/highlight.js/",
            "https://cdn.jsdelivr.net/npm/jquery@",
            "https://cdn.jsdelivr.net/npm/bootstrap@",
            "https://cdn.jsdelivr.net/npm/popper.js@",
            "https://cdn.jsdelivr.net/npm/@popperjs/core@",
            "https://maxcdn.bootstrapcdn.com/bootstrap/",
            "https://stackpath.bootstrapcdn.com/bootstrap/");

    /** What sites of films, music and maps give to be embedded, which runs at their own origin. */
    private static final Phrases EMBEDDED = Phrases.of(
            "https://www.youtube.com/embed/",
            "https://youtube.com/embed/",
            "https://www.youtube-nocookie.com/embed/",
            "//www.youtube.com/embed/",
            "https://player.vimeo.com/video/",
            "//player.vimeo.com/video/",
            "https://www.dailymotion.com/embed/",
            "https://open.spotify.com/embed/",
            "https://w.soundcloud.com/player/",
            "https://www.google.com/maps/embed",
            "https://maps.google.com/maps?",
            "https://www.openstreetmap.org/export/embed.html",
            "https://calendar.google.com/calendar/embed",
            "https://docs.google.com/forms/");

    private MarkupPage() {}

    /** Tells whether the text is a page: it begins as one does, and has the lines of one. */
    static boolean is(Text text) {
        var first = text.first();
        if (text.says("<?xml ", first)) {
            first = text.skipSpace(text.next('>', first) + 1);
        }
        return (text.says("<!doctype html", first) || text.says("<html", first)) && text.hasLines();
    }

    /** Tells whether an element, whose name ends at the index, embeds what other sites give for that. */
    static boolean embeds(Text text, int nameEnd) {
        var source = source(text, nameEnd);
        return source > 0 && EMBEDDED.begin(text, source) && isPlain(text, source);
    }

    /** Tells whether a script, whose name ends at the index, is loaded from the page's own site or is a library, and holds nothing itself. */
    static boolean isOwnScript(Text text, int nameEnd) {
        var source = source(text, nameEnd);
        if (source <= 0 || !isPlain(text, source)) {
            return false;
        }
        var end = tagEnd(text, nameEnd);
        var empty = text.at(end) == '>' && text.says("</script", text.skipSpace(end + 1));
        return empty && (LIBRARIES.begin(text, source) || isOwn(text, source));
    }

    /** Tells whether an element that leads on to another page, as the value at the index says, leads to one of the same site. */
    static boolean staysOnSite(Text text, int from) {
        var end = tagEnd(text, from);
        for (var i = from; i < end; i++) {
            if (text.says("url=", i)) {
                var path = i + 4;
                var to = path;
                while (Text.isWord(text.at(to)) || "/.-_#?=&".indexOf(text.at(to)) >= 0) {
                    to++;
                }
                return to > path && !text.says("//", path) && text.at(to) == '"';
            }
        }
        return false;
    }

    /** Where the address in quotes begins that the element loads; 0 when there is none. */
    private static int source(Text text, int nameEnd) {
        var end = tagEnd(text, nameEnd);
        for (var i = nameEnd; i < end; i++) {
            var quote = text.at(i + 5);
            if (Text.isSpace(text.at(i)) && text.says("src=", i + 1) && (quote == '"' || quote == '\'')) {
                return i + 6;
            }
        }
        return 0;
    }

    private static int tagEnd(Text text, int from) {
        var i = from;
        while (i < from + LONGEST && text.at(i) != '>' && text.at(i) != '<' && text.at(i) != Text.END) {
            i++;
        }
        return i;
    }

    /** Tells whether an address that ends with its quote has only characters of which nothing is hidden, and does not climb. */
    private static boolean isPlain(Text text, int from) {
        var i = from;
        while (i < from + LONGEST && (Text.isWord(text.at(i)) || "/.:?=&;%!-+~@,".indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return text.at(i) == text.at(from - 1);
    }

    /** Tells whether a script is named by a path, which leads to the site that the page is of. */
    private static boolean isOwn(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || "/.-+~@%".indexOf(text.at(i)) >= 0) {
            if (text.at(i) == '/' && text.at(i + 1) == '/') {
                return false;
            }
            i++;
        }
        return i > from + 3 && (text.says(".js", i - 3) || text.says(".mjs", i - 4)) && text.at(i) != ':';
    }
}
