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

    private static final int ATTRACTORS =
            Traits.ANGLE | Traits.COLON | Traits.EQUALS | Traits.PAREN | Traits.BACKTICK | Traits.BRACKET;

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
        return Text.isLetter(line.text().at(line.text().first())) ? Finding.NONE : found;
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
        return new MarkupScan(text).scan();
    }
}
