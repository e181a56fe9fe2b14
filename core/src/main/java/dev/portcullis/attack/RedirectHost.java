package dev.portcullis.attack;

/** How the host of an address is written to which a browser shall go on: plainly, or so that a check reads another one than the browser does. */
final class RedirectHost {

    /** How far an address is read. */
    private static final int FAR = 256;

    private static final Marks ENDS = Marks.of("/?#\\");
    /** Full stops of other scripts, which browsers take for one. */
    private static final String FULL_STOPS = "\u3002\uff0e\uff61";
    /** Characters that pass for a slash once they are made ASCII. */
    private static final String SLASHES = "\u3031\u3035\u309d\u30fd\uff0f\u2044\u2215";

    private static final Words<Boolean> SCHEMES = Words.set("http https ftp");
    /** What ends the name of a file as often as that of a host. */
    private static final Words<Boolean> ENDINGS =
            Words.set("html htm php jsp asp aspx js css json xml txt pdf do action"
                    + " png jpg jpeg gif svg csv zip md cgi shtml xhtml jspx webp ico mp4 py rb pl vue");

    private RedirectHost() {}

    /** Tells whether the host is written as nobody does but to get past a check. */
    static boolean isOdd(Text text) {
        var start = text.first();
        var scheme = scheme(text, start);
        var from = scheme < 0 ? start : scheme;
        var host = host(text, from);
        var dotted = isDotted(text, host);
        var slashes = host - from;
        if (slashes > 1 && isMixed(text, from, host) && dotted) {
            return true;
        }
        var count = scheme < 0 ? slashes > 2 : slashes != 2;
        return dotted && (count || slashes > 1 && (isParted(text, host) || hasFullStop(text, host)));
    }

    /** Tells whether the host is that of the page around it, or the application's own with something put behind it. */
    static boolean isLent(Text text) {
        var start = text.first();
        var c = text.at(start);
        if ((c == '.' || c == '@') && isDotted(text, start + 1) && isHost(text, start + 1)) {
            return true;
        }
        if (text.says("//", start)) {
            return isDotted(text, start + 2);
        }
        var behind = scheme(text, start + 1);
        return c == '/' && behind > 0 && text.says("//", behind) || isUser(text, start);
    }

    /** Tells whether the text is the name of a host and nothing else, or one with a path. */
    static boolean isBare(Text text) {
        var start = text.first();
        var from = SLASHES.indexOf(text.at(start)) >= 0
                        || text.at(start) == '/' && SLASHES.indexOf(text.at(start + 1)) >= 0
                ? start + 1
                : start;
        from = SLASHES.indexOf(text.at(from)) >= 0 ? from + 1 : from;
        return isDotted(text, from) && isHost(text, from);
    }

    /** Where the address goes on behind a scheme of the web; -1 where there is none. */
    private static int scheme(Text text, int start) {
        var colon = text.wordEnd(start);
        return text.at(colon) == ':' && SCHEMES.has(text, start, colon) ? colon + 1 : -1;
    }

    /** Where the slashes end, of either kind and with what browsers skip between them. */
    private static int host(Text text, int from) {
        var i = from;
        while (text.at(i) == '/' || text.at(i) == '\\' || i > from && isSkipped(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSkipped(char c) {
        return c == '\t' || c == '\n' || c == '\r';
    }

    /** Tells whether the slashes are of the other kind, or something stands between them. */
    private static boolean isMixed(Text text, int from, int to) {
        for (var i = from; i < to; i++) {
            if (text.at(i) != '/') {
                return true;
            }
        }
        return false;
    }

    private static int end(Text text, int host) {
        var i = host;
        while (i < host + FAR && ENDS.lacks(text.at(i)) && text.at(i) != Text.END && !Text.isSpace(text.at(i))) {
            i++;
        }
        return i;
    }

    /** Tells whether a name of at least two parts stands there, of which the last is one of letters, or a number that is an address. */
    private static boolean isDotted(Text text, int host) {
        var end = end(text, host);
        var dot = -1;
        for (var i = host; i < end; i++) {
            dot = text.at(i) == '.' || FULL_STOPS.indexOf(text.at(i)) >= 0 ? i : dot;
        }
        var letters = dot > host && Text.isLetter(text.at(dot + 1)) && Text.isLetter(text.at(dot + 2));
        return letters || dot > host && Text.isDigit(text.at(dot + 1)) && Text.isDigit(text.at(host));
    }

    /** Tells whether letters, digits, dashes and full stops alone make a name there, which ends as no file does. */
    private static boolean isHost(Text text, int from) {
        var i = from;
        var dot = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '-' || text.at(i) == '.') {
            dot = text.at(i) == '.' ? i + 1 : dot;
            i++;
        }
        return (i >= text.last() || text.at(i) == '/' || text.at(i) == ':')
                && Text.isLetter(text.at(dot))
                && !ENDINGS.has(text, dot, i);
    }

    /** Tells whether another name begins behind what ends the first for some readers: a backslash, or a mark that no page is asked for with. */
    private static boolean isParted(Text text, int host) {
        var end = end(text, host);
        var mark = text.at(end);
        var next = text.at(end + 1);
        return mark == '\\' || (mark == '#' || mark == '?') && (next == '.' || next == '@');
    }

    private static boolean hasFullStop(Text text, int host) {
        for (var i = host; i < end(text, host); i++) {
            if (FULL_STOPS.indexOf(text.at(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the name of a user before the host looks like a host itself. */
    private static boolean isUser(Text text, int start) {
        var scheme = scheme(text, start);
        var host = scheme < 0 ? start : host(text, scheme);
        var end = end(text, host);
        var at = text.next('@', host);
        return scheme > 0 && at < end && text.next('.', host) < at && isDotted(text, at + 1);
    }
}
