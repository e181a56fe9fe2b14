package dev.portcullis.attack;

/** The attribute of an element whose value a browser runs when something happens. */
final class MarkupEvent {

    private static final int NEAR = 64;

    private MarkupEvent() {}

    /** Tells whether the word up to the end is such an attribute, within a tag or where a value breaks out into one. */
    static boolean is(Text text, int at, int end, boolean inTag) {
        return end - at > 4
                && text.says("on", at)
                && isEvent(text, at, end)
                && MarkupAttribute.isAssigned(text, inTag ? behindEscapes(text, end) : end)
                && (inTag
                        || MarkupAttribute.isQuote(MarkupAttribute.before(text, at))
                        || isProbed(text, end)
                        || isScripted(text, at, end)
                        || isBehindQuote(text, at)
                        || isFirst(text, at, end))
                && !MarkupWords.NO_EVENTS.has(text, at, end);
    }

    /** The index behind slashes and escapes of line ends, which some who copy an attack leave in it. */
    private static int behindEscapes(Text text, int end) {
        var i = end;
        while (text.at(i) == '/' || text.at(i) == '\\' && "rnt".indexOf(text.at(i + 1)) >= 0) {
            i += text.at(i) == '/' ? 1 : 2;
        }
        return i;
    }

    /** Tells whether the value begins with the attribute, and a string follows. */
    private static boolean isFirst(Text text, int at, int end) {
        return at == text.first() && text.at(end) == '=' && MarkupAttribute.isQuote(text.at(end + 1));
    }

    /** Tells whether it is made of letters alone, as the names of events are. */
    private static boolean isEvent(Text text, int from, int end) {
        var i = from;
        while (i < end && Text.isLetter(text.at(i))) {
            i++;
        }
        return i == end;
    }

    /** Tells whether the text begins with a quote that ends an attribute, and other attributes follow up to the index. */
    private static boolean isBehindQuote(Text text, int at) {
        var quote = text.at(text.first());
        if (!MarkupAttribute.isQuote(quote) || at > text.first() + NEAR || !Text.isSpace(text.at(at - 1))) {
            return false;
        }
        var quotes = 0;
        for (var i = text.first(); i < at; i++) {
            quotes += text.at(i) == quote ? 1 : 0;
        }
        return quotes % 2 == 1;
    }

    /** Tells whether the handler is a name or a function in braces, as components of React have it; to a browser it is a block that does nothing or does not end. */
    static boolean isComponent(Text text, int at) {
        var from = text.skipSpace(text.skipSpace(at) + 1);
        if (text.at(from) != '{') {
            return false;
        }
        for (var i = from + 1; i < from + NEAR; i++) {
            var c = text.at(i);
            if (c == '}') {
                return endsValue(text, i + 1);
            }
            if (c == '=' && text.at(i + 1) == '>') {
                return true;
            }
            if (!Text.isWord(c) && " .,()?!".indexOf(c) < 0 || c == '(' && Text.isWord(text.at(i - 1))) {
                return false;
            }
        }
        return false;
    }

    /** Tells whether the value of an attribute without quotes ends before the index. */
    private static boolean endsValue(Text text, int at) {
        return Text.isSpace(text.at(at)) || text.at(at) == '>' || text.at(at) == Text.END || text.says("/>", at);
    }

    /** Tells whether an assignment stands at the index whose value begins with a call that attacks try first. */
    private static boolean isProbed(Text text, int at) {
        var value = MarkupAttribute.valueStart(text, at);
        var end = text.wordEnd(value);
        var called = text.at(end) == Text.END || "(;,}` \t".indexOf(text.at(end)) >= 0;
        return called && MarkupWords.PROBES.has(text, value, end);
    }

    /** Tells whether an attribute amid others has a value that asks or leads elsewhere, or calls what pages call: {@code x onclick=fetch(...)}. */
    private static boolean isScripted(Text text, int at, int end) {
        var value = end + 1;
        if (text.at(end) != '=' || at > text.first() && !Text.isSpace(text.at(at - 1)) || text.isDocument()) {
            return false;
        }
        value = MarkupAttribute.isQuote(text.at(value)) ? value + 1 : value;
        var close = text.wordEnd(value);
        var next = text.at(close);
        return next == '(' && MarkupWords.LEAVING.has(text, value, close)
                || MarkupWords.OBJECTS.has(text, value, close) && (next == '=' || next == '.' || next == '[');
    }

    /** Tells whether the word that begins like the name of a handler may be assigned something. */
    static boolean mayHandle(Text text, int from) {
        return MarkupAttribute.isAssigned(text, MarkupAttribute.end(text, from));
    }
}
