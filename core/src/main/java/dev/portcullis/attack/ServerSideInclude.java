package dev.portcullis.attack;

/**
 * Server-side includes.
 *
 * <p>Looks for: directives of servers ({@code <!--#exec}) and of caches ({@code <esi:include}).
 *
 * <p>Does not look for: comments of HTML.
 *
 * <p>Caught: {@code <!--#exec cmd="ls"-->}
 *
 * <p>Let through: {@code <!-- #1 on the list -->}
 */
final class ServerSideInclude implements Detector {

    private static final Words<Boolean> DIRECTIVES = Words.set("exec include echo config set fsize flastmod if elif");

    @Override
    public String id() {
        return "server-side-include";
    }

    @Override
    public int attractors(Place place) {
        return Traits.ANGLE;
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.DECLARATION | Signs.NAMESPACE;
    }

    @Override
    public Finding look(Text text, Place place) {
        for (var i = text.next('<', 0); i < text.length(); i = text.next('<', i + 1)) {
            var word = text.says("<!--#", i) ? i + 5 : text.says("<!-#", i) ? i + 4 : -1;
            var apart = word > 0 ? text.skipSpace(word) : 0;
            var blank = apart > word && DIRECTIVES.has(text, apart, text.wordEnd(apart));
            if (word > 0 && (Text.isLetter(text.at(word)) || blank)
                    || text.says("<esi:", i)
                    || text.says("<!--esi ", i)
                    || text.says("<!--esi-->", i)) {
                return Finding.certain(i);
            }
            if (isApart(text, i)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether a directive stands behind a blank, which some servers skip: {@code <!-- #exec cmd="ls" -->}. */
    private static boolean isApart(Text text, int at) {
        var mark = text.says("<!--", at) ? text.skipSpace(at + 4) : at;
        var end = text.wordEnd(mark + 1);
        return mark > at + 4
                && text.at(mark) == '#'
                && DIRECTIVES.has(text, mark + 1, end)
                && text.at(text.wordEnd(text.skipSpace(end))) == '=';
    }
}
