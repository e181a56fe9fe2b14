package dev.portcullis.attack;

/**
 * What a page as a whole loads that harms nobody: scripts of its own site and well-known libraries, and what other sites give to be embedded.
 * Whoever puts a page into another page puts its scripts there, too, so scripts that are written in it count as they do elsewhere.
 */
final class MarkupPage {

    /** Folders in which sites keep what they are sent. */
    private static final Words<Boolean> SENT =
            Words.set("upload uploads uploaded file files media attachment attachments avatars user users"
                    + " tmp temp temporary download downloads userdata userfiles usercontent public_uploads");

    /** Names of parameters that tell versions of a file apart. */
    private static final Words<Boolean> VERSIONS = Words.set("v ver version rev r t ts hash");

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

    /** Where fonts and icons are published as style sheets. */
    private static final Phrases SHEETS = Phrases.of(
            "https://fonts.googleapis.com/",
            "https://fonts.gstatic.com/",
            "https://use.fontawesome.com/releases/",
            "https://maxcdn.bootstrapcdn.com/font-awesome/",
            "https://netdna.bootstrapcdn.com/",
            "https://cdnjs.cloudflare.com/ajax/libs/",
            "https://cdn.jsdelivr.net/npm/bootstrap-icons@");

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
        var tag = MarkupTag.read(text, nameEnd, "src");
        return tag.isPlain() && EMBEDDED.begin(text, tag.value()) && isPlain(text, tag.value());
    }

    /** Tells whether a script, whose name ends at the index, is loaded from the page's own site or is a library, and holds nothing itself. */
    static boolean isOwnScript(Text text, int nameEnd) {
        var tag = MarkupTag.read(text, nameEnd, "src");
        if (!tag.isPlain() || !text.says("</script", text.skipSpace(tag.end() + 1))) {
            return false;
        }
        return LIBRARIES.begin(text, tag.value()) && isPlain(text, tag.value()) || isOwn(text, tag.value());
    }

    /** Tells whether a link of a document, as the value at the index says what it is for, leads to the same site or loads what many pages load. */
    static boolean isUsualLink(Text text, int at) {
        var end = MarkupAttribute.end(text, at);
        var tag = MarkupTag.around(text, at, "href");
        if (text.at(end) != text.at(at - 1) || !tag.isPlain()) {
            return false;
        }
        var loads = MarkupWords.SHEETS.has(text, at, end);
        return MarkupWords.CONNECTIONS.has(text, at, end)
                || loads
                        && (SHEETS.begin(text, tag.value()) || LIBRARIES.begin(text, tag.value()))
                        && isPlain(text, tag.value())
                || loads && isPath(text, tag.value());
    }

    /** Tells whether an element that leads on to another page, as the value at the index says, leads to one of the same site. */
    static boolean staysOnSite(Text text, int at) {
        var tag = MarkupTag.around(text, at, "content");
        if (!tag.isPlain()) {
            return false;
        }
        var after = text.skipSpace(text.wordEnd(text.skipSpace(tag.value())));
        var path = text.skipSpace(after + 1) + "url=".length();
        return text.at(after) == ';' && text.says("url=", path - "url=".length()) && isPath(text, path);
    }

    /** Tells whether an address up to a quote is a path of the same site, and not to where sites keep what they are sent. */
    private static boolean isPath(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || "/.-~@#?=&,;%{} ".indexOf(text.at(i)) >= 0) {
            if (text.says("//", i) || isSent(text, i)) {
                return false;
            }
            i = Math.max(i + 1, MarkupTag.placeholderEnd(text, i));
        }
        return i > from && MarkupAttribute.isQuote(text.at(i));
    }

    /** Tells whether an address that ends with its quote has only characters of which nothing is hidden, and does not climb. */
    private static boolean isPlain(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || "/.:?=&;!-+~@,".indexOf(text.at(i)) >= 0) {
            if (text.says("/.", i)) {
                return false;
            }
            i++;
        }
        return text.at(i) == text.at(from - 1);
    }

    /** Tells whether a script is named by a path, which leads to the site that the page is of, and not to where sites keep what they are sent. */
    private static boolean isOwn(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || "/.-+~@{".indexOf(text.at(i)) >= 0) {
            if (text.says("//", i) || isSent(text, i)) {
                return false;
            }
            i = Math.max(i + 1, MarkupTag.placeholderEnd(text, i));
        }
        var name = text.says("}}", i - 2) && MarkupAttribute.isQuote(text.at(i - 3)) ? i - 3 : i;
        var script = text.says(".js", name - 3) || text.says(".mjs", name - 4);
        var end = text.at(i) == '?' ? versionEnd(text, i + 1) : i;
        return script && i > from + 3 && text.at(end) == text.at(from - 1);
    }

    /** Tells whether a word begins at the index that names such a folder. */
    private static boolean isSent(Text text, int at) {
        var end = text.wordEnd(at);
        return end > at && !Text.isWord(text.at(at - 1)) && SENT.has(text, at, end);
    }

    /** Where the version of a file ends, as it stands in the query of its address. */
    private static int versionEnd(Text text, int from) {
        var sign = text.wordEnd(from);
        var named = text.at(sign) == '=' && VERSIONS.has(text, from, sign);
        var i = named ? sign + 1 : from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
            i++;
        }
        return i;
    }
}
