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
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.DECLARATION | Signs.NAMESPACE);
    }

    @Override
    public Finding look(Text text, Place place) {
        for (var i = text.next('<', 0); i < text.length(); i = text.next('<', i + 1)) {
            var word = text.says("<!--#", i) ? i + 5 : text.says("<!-#", i) ? i + 4 : -1;
            if (word > 0 && Text.isLetter(text.at(word)) || text.says("<esi:", i)) {
                return Finding.certain(i);
            }
        }
        return Finding.NONE;
    }
}
