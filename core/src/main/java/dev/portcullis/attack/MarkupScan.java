package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/**
 * One scan of a text for markup that executes something.
 *
 * <p>Quotes hide nothing from it: where they are unbalanced, a browser may see a tag where another reader sees a string. Not
 * thread-safe.
 */
final class MarkupScan {

    private static final Marks BEFORE_CODE = Marks.of(";}-,");
    private static final Marks OPERATORS = Marks.of("+*^|&-/%,~?:=({!<>");

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
    /** Whether an element was opened last that may be embedded. */
    private boolean embedded;

    /** The code that the text shows with its brackets written as references; null where it shows none. */
    private final @Nullable ShownCode shown;

    private final MarkupScripts scripts;
    /** Whether the text is a page as a whole. */
    private final boolean page;

    MarkupScan(Text text) {
        this(text, null);
    }

    private MarkupScan(Text text, @Nullable Quotations quotations) {
        this.text = text;
        this.quotations = quotations;
        this.shown = text.isShowing() ? new ShownCode(text) : null;
        this.page = MarkupPage.is(text);
        this.scripts = new MarkupScripts(text);
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
        } else if (c == '+' && text.says("+adw-", at) || c == ' ' && text.says(" adw-", at)) {
            execute(at);
        } else if (c == '@' && !isLong() && MarkupStyle.isImporting(text, at)) {
            strong(at);
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
        if (shown != null && (shown.isDecoded() || !inTag && text.at(at) != '<') && shown.holds(at)) {
            quote(at);
        } else {
            executes = true;
            strong(at);
        }
    }

    private void quote(int at) {
        quoted = quoted.or(Finding.strong(at));
        finding = finding.or(Finding.faint(at));
    }

    /** Counts an element that executes something, unless the text only quotes it. */
    private void element(MarkupElement element) {
        var at = element.at();
        if (quotations != null && quotations.hold(at) && !scripts.runBehindTicks(element)) {
            quote(at);
        } else {
            execute(at);
        }
    }

    private int open(int at) {
        var element = MarkupElement.at(text, at);
        var i = element.start();
        var end = element.end();
        if (inTag && MarkupEvent.is(text, i, end, true)) {
            execute(at);
        }
        inTag |= end > i && Text.isLetter(text.at(i));
        loads = MarkupWords.LOADERS.has(text, i, end);
        bases = end == i + 4 && text.says("base", i);
        inSheet = element.known() != null && end - i == 5 && text.says("style", i) && text.at(at + 1) != '/';
        inStyle = inSheet;
        note(element);
        if (ScriptValue.leavesAttribute(text, at)) {
            strong(at);
        }
        if (text.says("javascript:", i) || text.says("vbscript:", i) || MarkupElement.isSpelledByData(text, at)) {
            execute(at);
        }
        return Math.max(end, at + 1);
    }

    private void note(MarkupElement element) {
        var known = element.known();
        var usual = known == Suspicion.STRONG && element.isUsual(page || embedded);
        embedded = usual && !element.isClosing();
        if (usual || known == Suspicion.STRONG && scripts.holdAsWord(element)) {
            finding = finding.or(Finding.faint(element.at()));
        } else if (known == Suspicion.STRONG
                        && !scripts.holdAsNamed(element)
                        && !(element.isClosing() && text.isDocument())
                || known == Suspicion.NONE && element.isLoading()) {
            element(element);
        } else if (known != null) {
            finding = finding.or(Finding.faint(element.at()));
        }
    }

    private int word(int at) {
        var end = MarkupAttribute.end(text, at);
        var handles = text.at(at - 1) != '.' && MarkupEvent.is(text, at, end, inTag);
        if (handles && inTag && (MarkupEvent.isComponent(text, end) || MarkupIdle.is(text, end))) {
            finding = finding.or(Finding.faint(at));
        } else if (handles || isAttribute(at, end) || isStyle(at, end)) {
            execute(at);
        } else if (!isLong()
                && (ScriptValue.isAsking(text, at, end)
                        || ScriptValue.isMaking(text, at, end)
                        || ScriptValue.isLeaving(text, at, end)
                        || MarkupStyle.isLeaving(text, at, end))) {
            strong(at);
        } else if (MarkupScheme.begins(text, at)) {
            scheme(at);
        } else if (isProbe(at, end)) {
            probe(at);
        } else if (inTag && text.says("style", at) && MarkupAttribute.isAssigned(text, end)) {
            inStyle = true;
        }
        return end;
    }

    private boolean isAttribute(int at, int end) {
        if (!inTag) {
            return false;
        }
        var whole = text.at(end) == ':' ? MarkupAttribute.end(text, end + 1) : end;
        return MarkupAttribute.isAssigned(text, whole)
                && (MarkupWords.ATTRIBUTES.has(text, at, whole) && !MarkupAttribute.isLink(text, at, whole)
                        || loads && isLoad(at, whole)
                        || isEncoded(at, whole)
                        || isBased(at, whole));
    }

    /** Tells whether the attribute has a value with which the element loads or executes something. */
    private boolean isLoad(int at, int end) {
        if (!MarkupWords.LOADS.has(text, at, end)) {
            return false;
        }
        var value = MarkupAttribute.valueStart(text, end);
        var plain = text.isDocument() && MarkupPage.isUsualLink(text, value)
                || page && text.says("refresh", value) && MarkupPage.staysOnSite(text, value);
        return !plain && MarkupAttribute.hasWord(text, value, MarkupWords.LOADED);
    }

    /** Tells whether a page is given an encoding in which other characters are brackets. */
    private boolean isEncoded(int at, int end) {
        return loads
                && text.says("charset", at)
                && MarkupWords.CHARSETS.begin(text, MarkupAttribute.valueStart(text, end));
    }

    /** Tells whether it is the address of a base. */
    private boolean isBased(int at, int end) {
        return bases && end == at + 4 && text.says("href", at);
    }

    /** Tells whether an element of which something is known may begin at the angle bracket. */
    static boolean mayOpen(Text text, int at) {
        return MarkupElement.at(text, at).known() != null;
    }

    private void scheme(int at) {
        var before = MarkupAttribute.before(text, at);
        if (!inTag && text.skipSpace(text.next(':', at) + 1) >= text.last()) {
            finding = finding.or(Finding.faint(at));
            return;
        }
        var leads = (before == Text.END || MarkupScheme.isNested(text, at) || before == '\\' && at <= text.first() + 1)
                && MarkupScheme.behind(text, at) != ' ';
        if (inTag && ScriptTricks.isNothing(text, at)) {
            finding = finding.or(Finding.faint(at));
            return;
        }
        var picture = !inTag && text.says("data:image", at) && (before != Text.END || isStill(at));
        if (picture
                || !inTag
                        && (MarkupScheme.isSelected(text, at)
                                || MarkupAttribute.isQuote(before) && MarkupScheme.isTitle(text, at))) {
            finding = finding.or(Finding.faint(at));
        } else if (inTag
                || leads
                || before == '='
                || text.at(at - 1) == ']'
                || (before == '(' || before == '{') && MarkupScheme.behind(text, at) != ' '
                || MarkupAttribute.isQuote(before)) {
            execute(at);
        } else {
            finding = finding.or(Finding.faint(at));
        }
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
        if (next == '(' && MarkupAttribute.isQuote(text.at(end + 1)) && text.says("import", at)) {
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
                        && (ScriptTricks.isComputed(text, end) || ScriptTricks.isSecret(text, end))
                || next == '.'
                        && MarkupWords.OBJECTS.has(text, at, end)
                        && MarkupWords.MEMBERS.has(text, end + 1, MarkupAttribute.end(text, end + 1));
    }

    /** Tells whether a call with a literal stands behind blanks. */
    private boolean isCalledApart(int end) {
        var paren = text.skipSpace(end);
        var argument = text.at(paren + 1);
        return text.at(paren) == '('
                && (MarkupAttribute.isQuote(argument) || Text.isDigit(argument) || argument == '/');
    }

    private void probe(int at) {
        probes = true;
        var before = MarkupAttribute.before(text, at);
        var code = isLong();
        if (ScriptTricks.isOwnMove(text, MarkupAttribute.end(text, at))) {
            finding = finding.or(Finding.faint(at));
            return;
        }
        var harmless = ScriptTricks.isTimer(text, at) || ScriptTricks.isEnding(text, MarkupAttribute.end(text, at));
        var breaks = BEFORE_CODE.has(before) && (!harmless || ScriptValue.breaksOut(text));
        if (before == Text.END && !harmless || !code && (breaks || isTrick(at, before))) {
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
        var end = MarkupAttribute.end(text, at);
        return inTag && MarkupAttribute.isDirective(text, at)
                || ScriptTricks.isPassed(text, at, end)
                || ScriptTricks.isSpelled(text, at, end)
                || at > text.first() && ScriptValue.isWrapped(text)
                || ScriptValue.isRenamed(text, at, end, inTag)
                || before == '=' && inTag
                || before == '+' && text.says("document.cookie", at)
                || before == '.' && inTag
                || before == '{' && (inTag && text.at(at - 2) == '&' || text.at(at - 2) == '$')
                || ScriptValue.breaksOut(text) && (OPERATORS.has(before) || ScriptValue.followsOperator(text, at));
    }

    /** Tells whether a word of a program goes on at the index with a capital letter. */
    private boolean isCamel(int at) {
        return text.at(at) == 'E' && text.at(at + 1) == 'x' && text.at(at - 1) >= 'a' && text.at(at - 1) <= 'z';
    }

    private boolean isStyle(int at, int end) {
        var called = text.at(end) == '(';
        var expression = called && end - at >= 10 && text.says("expression", end - 10) && !isCamel(end - 10);
        var picture = text.says("url", at)
                && end == at + 3
                && (MarkupStyle.isHarmless(text, at) || !inSheet && MarkupStyle.isPicture(text, at));
        if (inStyle && MarkupStyle.isCounting(text, at, end)) {
            return true;
        }
        return expression && (inStyle || MarkupStyle.isValued(text, end - 10))
                || inStyle && (MarkupWords.STYLES.has(text, at, end) && !picture || text.says("moz-binding", at));
    }
}
