package dev.portcullis.attack;

/**
 * Cross-site scripting.
 *
 * <p>Looks for: markup that executes something or embeds it, attributes that handle events, be it in an element or behind a quote
 * that ends another attribute, addresses like {@code javascript:}, and scripts that begin where a value should be.
 *
 * <p>Does not look for: markup that only formats, nor code in the midst of a text.
 *
 * <p>Caught: {@code <img src=x onerror=alert(1)>}
 *
 * <p>Let through: {@code <b>2 < 3</b> and onwards}
 */
final class CrossSiteScripting implements Detector {

    private static final int ATTRACTORS = Traits.ANGLE
            | Traits.COLON
            | Traits.EQUALS
            | Traits.PAREN
            | Traits.BACKTICK
            | Traits.BRACKET
            | Traits.BRACE
            | Traits.AT;

    @Override
    public String id() {
        return "cross-site-scripting";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH, USER_AGENT -> Traits.ANGLE;
            case REFERER -> Traits.ANGLE | Traits.PAREN;
            default -> ATTRACTORS;
        };
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    /** In a line, what begins it as nothing but a script that leaves a string does; markup was found in the whole already. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        var text = line.text();
        var first = text.first();
        var markup = text.at(text.at(first) == '`' ? first + 1 : first) == '<';
        return Text.isLetter(text.at(first)) || markup ? Finding.NONE : found;
    }

    @Override
    public boolean countsInLine() {
        return true;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.TAG | Signs.SCRIPT;
    }

    @Override
    public Finding look(Text text, Place place) {
        return place.isField() && (text.isDocument() || text.says("```", 0))
                ? MarkupScan.ofDocument(text).scan()
                : new MarkupScan(text).scan();
    }

    /** In a document, also what it quotes as code, for a hint. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        if (!found.isFaint()) {
            return found;
        }
        var all = new MarkupScan(sample.text()).scan();
        return all.isFaint() ? Finding.NONE : Finding.faint(all.at());
    }
}
