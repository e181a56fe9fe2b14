package dev.portcullis.attack;

/**
 * Settings of servers with which somebody makes them run what they should only send.
 *
 * <p>Looks for: directives of Apache that have pages run or code put before them, settings of PHP that do, and pipes of
 * PostScript and of drawing commands, where a value or a line begins with them.
 *
 * <p>Does not look for: directives in the midst of a line; settings that only map, redirect or log.
 *
 * <p>Caught: {@code AddType application/x-httpd-php .jpg}
 *
 * <p>Let through: {@code AddType image/svg+xml .svg}
 */
final class ServerSettings implements Detector {

    /** How far a setting is read. */
    private static final int LINE = 160;

    /** Directives that say what runs a file. */
    private static final Words<Boolean> HANDLERS = Words.set("addtype addhandler sethandler forcetype");

    /** What they name that runs it. */
    private static final Phrases RUNNING = Phrases.of(
            "application/x-httpd-",
            "application/x-php",
            "application/x-python",
            "php-script",
            "php5-script",
            "cgi-script",
            "server-parsed",
            "fcgid-script",
            "wsgi-script",
            "text/x-server-parsed-html",
            "lua-script");

    /** Settings of PHP that run a file. */
    private static final Words<Boolean> RUN = Words.set("auto_prepend_file auto_append_file");

    @Override
    public String id() {
        return "server-settings";
    }

    @Override
    public int attractors(Place place) {
        return place.isValue() ? Traits.SPACE | Traits.EQUALS | Traits.CONTROL : 0;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.PAGE;
    }

    @Override
    public Finding look(Text text, Place place) {
        for (var line = text.first(); line < text.length(); line = text.skipSpace(text.lineEnd(line))) {
            if (isDirective(text, line)) {
                return Finding.strong(line);
            }
        }
        return Finding.NONE;
    }

    /** Where such a setting begins the text, whatever follows. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        return found.at() == sample.text().first() ? found : Finding.NONE;
    }

    private static boolean isDirective(Text text, int from) {
        var end = text.wordEnd(from);
        if (HANDLERS.has(text, from, end)) {
            return names(text, end, RUNNING);
        }
        if (text.says("php_value", from) || text.says("php_admin_value", from)) {
            from = text.skipSpace(end);
            end = text.wordEnd(from);
        }
        return RUN.has(text, from, end)
                || from == text.first()
                        && (text.says("push graphic-context", from)
                                || text.says("%!ps", from) && text.toString().contains("%pipe%"));
    }

    /** Tells whether one of these begins a word of the line. */
    private static boolean names(Text text, int from, Phrases some) {
        for (var i = from; i < from + LINE && text.at(i) != '\n' && text.at(i) != Text.END; i++) {
            if (some.begin(text, i)) {
                return true;
            }
        }
        return false;
    }
}
