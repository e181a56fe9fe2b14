package dev.portcullis.attack;

/** Attributes whose values frameworks of a page run as scripts (Vue, Alpine, Angular, htmx). */
final class MarkupAttribute {

    private static final int NEAR = 96;

    /** How their names begin. */
    private static final Phrases DIRECTIVES =
            Phrases.of("@", ":", "v-", "x-", "ng-", "data-ng-", "hx-on", "hx-vals", "(", "[", "#");

    private MarkupAttribute() {}

    /** Tells whether the index stands in the value of such an attribute. */
    static boolean isDirective(Text text, int at) {
        var sign = at - 1;
        while (sign > at - NEAR && "=<>".indexOf(text.at(sign)) < 0 && text.at(sign) != Text.END) {
            sign--;
        }
        if (text.at(sign) != '=') {
            return false;
        }
        var from = sign;
        while (from > at - 2 * NEAR
                && !Text.isSpace(text.at(from - 1))
                && "<>/\"'".indexOf(text.at(from - 1)) < 0
                && text.at(from - 1) != Text.END) {
            from--;
        }
        return from < sign && DIRECTIVES.begin(text, from);
    }
}
