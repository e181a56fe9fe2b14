package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/**
 * One scan of a text for markup that executes something.
 *
 * <p>Quotes hide nothing from it: where they are unbalanced, a browser may see a tag where another reader sees a string. Not
 * thread-safe.
 */
final class MarkupScan {

    private static final int NEAR = 64;
    private static final int LONGEST_SCRIPT = 300;

    private final Text text;
    private Finding finding = Finding.NONE;
    private boolean inTag;
    private boolean inStyle;
    private boolean inSheet;
    private boolean loads;
    private boolean bases;
    private boolean executes;
    private boolean probes;
    /** The code in the text that it only quotes; null where that counts as all else does. */
    private final @Nullable Quotations quotations;
    /** What is executed in that code. */
    private Finding quoted = Finding.NONE;

    private boolean asked;

    MarkupScan(Text text) {
        this(text, null);
    }

    private MarkupScan(Text text, @Nullable Quotations quotations) {
        this.text = text;
        this.quotations = quotations;
    }

    /** A scan of a document, in which elements between fences and ticks are there to be read, unless the text does what attacks try first. */
    static MarkupScan ofDocument(Text text) {
        return new MarkupScan(text, new Quotations(text));
    }

    Finding scan() {
        var i = 0;
        while (i < text.length()) {
            i = step(i);
        }
        var told = probes ? finding.or(quoted) : finding;
        return executes && probes ? Finding.certain(told.at()) : told;
    }

    private int step(int at) {
        var c = text.at(at);
        if (c == '<') {
            return open(at);
        }
        if (inStyle && MarkupStyle.isTorn(text, at, inSheet)
                || c == '[' && MarkupStyle.isAsking(text, at)
                || c == '=' && inTag && finding.suspicion() != Suspicion.NONE && ScriptValue.isDangling(text, at)
                || c == '~' && text.says("=~[]", at - 1)
                || c == '+' && text.says("+{}", at) && isSigned()) {
            execute(at);
        }
        if (c == '>') {
            inTag = false;
            inStyle &= inSheet;
        } else if (Text.isLetter(c) && !Text.isWord(text.at(at - 1))) {
            return word(at);
        } else if (c == '+' && text.says("+adw-", at)) {
            execute(at);
        }
        return at + 1;
    }

    /** Asks once. */
    private boolean isSigned() {
        var first = !asked;
        asked = true;
        return first && ScriptValue.isSigned(text);
    }

    private void strong(int at) {
        finding = finding.or(Finding.strong(at));
    }

    private void execute(int at) {
        executes = true;
        strong(at);
    }

    /** Counts an element that executes something, unless the text only quotes it. */
    private void element(int at) {
        if (quotations != null && quotations.hold(at)) {
            quoted = quoted.or(Finding.strong(at));
            finding = finding.or(Finding.faint(at));
        } else {
            execute(at);
        }
    }

    private int open(int at) {
        var element = MarkupElement.at(text, at);
        var i = element.start();
        var end = element.end();
        inTag |= end > i && Text.isLetter(text.at(i));
        loads = MarkupWords.LOADERS.has(text, i, end);
        bases = end == i + 4 && text.says("base", i);
        inSheet = end - i == 5 && text.says("style", i) && text.at(at + 1) != '/';
        inStyle = inSheet;
        note(element);
        if (ScriptValue.leavesAttribute(text, at)) {
            strong(at);
        }
        if (text.says("javascript:", i) || text.says("vbscript:", i)) {
            execute(at);
        }
        return Math.max(end, at + 1);
    }

    private void note(MarkupElement element) {
        var known = element.known();
        if (known == Suspicion.STRONG && !element.isNamed() && !(element.isClosing() && text.isDocument())
                || known == Suspicion.NONE && element.isLoading()) {
            element(element.at());
        } else if (known != null) {
            finding = finding.or(Finding.faint(element.at()));
        }
    }

    private int word(int at) {
        var end = wordEnd(at);
        if (isHandler(at, end) && isComponent(end)) {
            finding = finding.or(Finding.faint(at));
        } else if (isHandler(at, end) || isAttribute(at, end) || isStyle(at, end)) {
            execute(at);
        } else if (!isLong() && (ScriptValue.isAsking(text, at, end) || ScriptValue.isMaking(text, at, end))) {
            strong(at);
        } else if (MarkupScheme.begins(text, at)) {
            scheme(at);
        } else if (isProbe(at, end)) {
            probe(at);
        } else if (inTag && text.says("style", at) && isAssigned(end)) {
            inStyle = true;
        }
        return end;
    }

    private int wordEnd(int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '-') {
            i++;
        }
        return i;
    }

    private boolean isAssigned(int end) {
        return text.at(text.skipSpace(end)) == '=';
    }

    private boolean isHandler(int at, int end) {
        return end - at > 4
                && text.says("on", at)
                && isEvent(at, end)
                && isAssigned(inTag ? behindEscapes(end) : end)
                && (inTag || isQuote(before(at)) || isProbed(end) || isBehindQuote(at) || isFirst(at, end))
                && !MarkupWords.NO_EVENTS.has(text, at, end);
    }

    /** The index behind slashes and escapes of line ends, which some who copy an attack leave in it. */
    private int behindEscapes(int end) {
        var i = end;
        while (text.at(i) == '/' || text.at(i) == '\\' && "rnt".indexOf(text.at(i + 1)) >= 0) {
            i += text.at(i) == '/' ? 1 : 2;
        }
        return i;
    }

    /** Tells whether the value begins with the attribute, and a string follows. */
    private boolean isFirst(int at, int end) {
        return at == text.first() && text.at(end) == '=' && isQuote(text.at(end + 1));
    }

    /** Tells whether it is made of letters alone, as the names of events are. */
    private boolean isEvent(int from, int end) {
        var i = from;
        while (i < end && Text.isLetter(text.at(i))) {
            i++;
        }
        return i == end;
    }

    /** Tells whether the text begins with a quote that ends an attribute, and other attributes follow up to the index. */
    private boolean isBehindQuote(int at) {
        var quote = text.at(text.first());
        if (!isQuote(quote) || at > text.first() + NEAR || !Text.isSpace(text.at(at - 1))) {
            return false;
        }
        var quotes = 0;
        for (var i = text.first(); i < at; i++) {
            quotes += text.at(i) == quote ? 1 : 0;
        }
        return quotes % 2 == 1;
    }

    /** Tells whether the handler is a name or a function in braces, as components of React have it, which no browser executes. */
    private boolean isComponent(int at) {
        var from = text.skipSpace(text.skipSpace(at) + 1);
        if (!inTag || text.at(from) != '{') {
            return false;
        }
        for (var i = from + 1; i < from + NEAR; i++) {
            var c = text.at(i);
            if (c == '}' || c == '=' && text.at(i + 1) == '>') {
                return true;
            }
            if (!Text.isWord(c) && " .,()?!".indexOf(c) < 0 || c == '(' && Text.isWord(text.at(i - 1))) {
                return false;
            }
        }
        return false;
    }

    /** Tells whether an assignment stands at the index whose value begins with a call that attacks try first. */
    private boolean isProbed(int at) {
        var value = valueStart(at);
        var end = text.wordEnd(value);
        var called = text.at(end) == Text.END || "(;,}` \t".indexOf(text.at(end)) >= 0;
        return called && MarkupWords.PROBES.has(text, value, end);
    }

    private boolean isAttribute(int at, int end) {
        if (!inTag) {
            return false;
        }
        var whole = text.at(end) == ':' ? wordEnd(end + 1) : end;
        return isAssigned(whole)
                && (MarkupWords.ATTRIBUTES.has(text, at, whole) && !isLink(at, whole)
                        || loads && isLoad(at, whole)
                        || isBased(at, whole));
    }

    /** Tells whether it links to a part of the page, to another page or to a still picture, as figures and icons do. */
    private boolean isLink(int at, int end) {
        var value = valueStart(end);
        var scheme = wordEnd(value);
        return text.says("xlink:href", at)
                && (text.at(scheme) != ':' && !text.says("//", value)
                        || text.says("http", value)
                        || text.says("mailto:", value)
                        || text.says("data:image/", value) && !text.says("svg", value + 11));
    }

    /** Where the value of an attribute begins whose name ends at the index. */
    private int valueStart(int end) {
        var from = text.skipSpace(text.skipSpace(end) + 1);
        return isQuote(text.at(from)) ? text.skipSpace(from + 1) : from;
    }

    /** Tells whether the attribute has a value with which the element loads or executes something. */
    private boolean isLoad(int at, int end) {
        if (!MarkupWords.LOADS.has(text, at, end)) {
            return false;
        }
        var value = valueStart(end);
        var plain = MarkupWords.SHEETS.has(text, value, wordEnd(value)) && text.isDocument();
        return MarkupWords.LOADED.has(text, value, wordEnd(value)) && !plain;
    }

    /** Tells whether it is the address of a base. */
    private boolean isBased(int at, int end) {
        return bases && end == at + 4 && text.says("href", at);
    }

    /** The last character before the index that separates no attributes. */
    private char before(int at) {
        var i = at - 1;
        while (i > at - NEAR && (Text.isSpace(text.at(i)) || text.at(i) == '/')) {
            i--;
        }
        return text.at(i);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** Tells whether an element of which something is known may begin at the angle bracket. */
    static boolean mayOpen(Text text, int at) {
        return MarkupElement.at(text, at).known() != null;
    }

    /** Tells whether the word that begins like the name of a handler may be assigned something. */
    static boolean mayHandle(Text text, int from) {
        var end = from;
        while (Text.isWord(text.at(end)) || text.at(end) == '-') {
            end++;
        }
        return text.at(text.skipSpace(end)) == '=';
    }

    private void scheme(int at) {
        var before = before(at);
        var leads = (before == Text.END || isNested(at) || before == '\\' && at <= text.first() + 1)
                && !Text.isSpace(text.at(at + 11));
        if (inTag && ScriptTricks.isNothing(text, at)) {
            finding = finding.or(Finding.faint(at));
            return;
        }
        var picture = !inTag && text.says("data:image", at) && (before != Text.END || isStill(at));
        if (picture || !inTag && (isSelected(at) || isQuote(before) && isTitle(at))) {
            finding = finding.or(Finding.faint(at));
        } else if (inTag
                || leads
                || before == '='
                || text.at(at - 1) == ']'
                || (before == '(' || before == '{') && text.at(at + 11) != ' '
                || isQuote(before)) {
            execute(at);
        } else {
            finding = finding.or(Finding.faint(at));
        }
    }

    /** Tells whether the text begins with one scheme around the one at the index: {@code feed:javascript:}. */
    private boolean isNested(int at) {
        return text.at(at - 1) == ':' && wordEnd(text.first()) == at - 1;
    }

    /** Tells whether words follow behind a blank, as in titles: "JavaScript: the good parts". */
    private boolean isTitle(int at) {
        var colon = text.next(':', at);
        var word = colon + 2;
        return text.at(colon + 1) == ' ' && text.at(text.wordEnd(word)) == ' ' && Text.isLetter(text.at(word));
    }

    /** Tells whether a style sheet selects elements by the scheme: {@code a[href^="javascript:"]}. */
    private boolean isSelected(int at) {
        return isQuote(text.at(at - 1)) && text.at(at - 2) == '=' && "^*$~|".indexOf(text.at(at - 3)) >= 0;
    }

    /** Tells whether a picture in Base64 executes nothing. */
    private boolean isStill(int at) {
        var comma = text.toString().indexOf(";base64,", at);
        var picture = comma < 0
                ? null
                : BaseSixtyFour.decode(
                        text.excerpt(comma + 8, text.length()).strip().replace(' ', '+'));
        return picture != null
                && new MarkupScan(new Text(picture)).scan().suspicion().compareTo(Suspicion.STRONG) < 0;
    }

    private boolean isProbe(int at, int end) {
        var next = text.at(end);
        if (next == '(' && isQuote(text.at(end + 1)) && text.says("import", at)) {
            return end == at + 6 && MarkupScheme.leadsAway(text, end + 2);
        }
        if (MarkupWords.PROBES.has(text, at, end)) {
            var called = next == '\\' ? text.at(end + 1) : next == '/' && text.at(end + 1) == '*' ? '(' : next;
            return called == '('
                    || called == '`' && text.at(at - 1) != '`' && !ScriptTricks.isTicked(text, at)
                    || isCalledApart(end)
                    || ScriptTricks.isPassed(text, at, end)
                    || ScriptValue.isRenamed(text, at, end, inTag);
        }
        return next == '['
                        && (MarkupWords.OBJECTS.has(text, at, end) || text.says("this", at) && end == at + 4)
                        && ScriptTricks.isComputed(text, end)
                || next == '.'
                        && MarkupWords.OBJECTS.has(text, at, end)
                        && MarkupWords.MEMBERS.has(text, end + 1, wordEnd(end + 1));
    }

    /** Tells whether a call with a literal stands behind blanks. */
    private boolean isCalledApart(int end) {
        var paren = text.skipSpace(end);
        var argument = text.at(paren + 1);
        return text.at(paren) == '(' && (isQuote(argument) || Text.isDigit(argument) || argument == '/');
    }

    private void probe(int at) {
        probes = true;
        var before = before(at);
        var code = isLong();
        var harmless = ScriptTricks.isTimer(text, at) || ScriptTricks.isEnding(text, wordEnd(at));
        if (before == Text.END && !harmless || !code && (";}-,".indexOf(before) >= 0 || isTrick(at, before))) {
            strong(at);
        } else {
            finding = finding.or(Finding.faint(at));
        }
    }

    /** Tells whether a text is longer than a script that is a value. */
    private boolean isLong() {
        return text.length() > LONGEST_SCRIPT || text.isDocument();
    }

    /** Tells whether it is called as nobody calls it in a text: passed on, spelled by numbers, sent elsewhere, or within an attribute. */
    private boolean isTrick(int at, char before) {
        var end = wordEnd(at);
        return inTag && MarkupAttribute.isDirective(text, at)
                || ScriptTricks.isPassed(text, at, end)
                || ScriptTricks.isSpelled(text, at, end)
                || at > text.first() && ScriptValue.isWrapped(text)
                || ScriptValue.isRenamed(text, at, end, inTag)
                || before == '=' && inTag
                || before == '+' && text.says("document.cookie", at)
                || before == '.' && inTag
                || before == '{' && (inTag && text.at(at - 2) == '&' || text.at(at - 2) == '$')
                || ScriptValue.breaksOut(text)
                        && ("+*^|&-/%,~?:=({!".indexOf(before) >= 0 || ScriptValue.followsOperator(text, at));
    }

    private boolean isStyle(int at, int end) {
        var called = text.at(end) == '(';
        var expression = called && end - at >= 10 && text.says("expression", end - 10);
        var picture = text.says("url", at) && end == at + 3 && MarkupStyle.isHarmless(text, at);
        return expression && (inStyle || MarkupStyle.isValued(text, end - 10))
                || inStyle && (MarkupWords.STYLES.has(text, at, end) && !picture || text.says("moz-binding", at));
    }
}
