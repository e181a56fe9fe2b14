package dev.portcullis.attack;

/** A page of PHP, JSP or ColdFusion from its opening tag on, and what it takes from who asks for it. */
final class CodePage {

    /** With what a page of PHP takes in other files, and with what it reads the fields that it was asked with. */
    private static final Words<Boolean> INCLUDES = Words.set("include include_once require require_once");

    private static final Words<Boolean> HEADERS = Words.set("getallheaders apache_request_headers");

    /** How far behind a tag that is not the first one a page is read. */
    private static final int PAGE = 512;

    /** Tags of ColdFusion, which runs them. */
    static final Words<Boolean> TAGS =
            Words.set("cfexecute cfscript cfset cfoutput cfinclude cffile cfhttp cfquery cfobject");

    private CodePage() {}

    /** What the tag at the angle bracket is, if it is one. */
    static Finding judge(Text text, int at) {
        if (text.says("<?php", at) || text.says("<?=", at)) {
            if (isEmpty(text, at)) {
                return Finding.NONE;
            }
            var whole = text.length() > PAGE || Lines.isBroken(text);
            return runs(text, at) ? Finding.certain(at) : whole ? Finding.faint(at) : Finding.strong(at);
        }
        var jsp = text.says("<%@", at) || text.says("<%!", at) || text.says("<jsp:", at);
        var typed = text.says("extends ", at + 3) || text.says("super ", at + 3);
        var open = text.says("<?", at) && !typed && (Text.isSpace(text.at(at + 2)) || text.at(at + 2) == '\'');
        jsp |= text.at(at + 1) != '/' && TAGS.has(text, at + 1, text.wordEnd(at + 1));
        return jsp || open ? Finding.strong(at) : text.says("<%", at) ? Finding.faint(at) : Finding.NONE;
    }

    /** Tells whether the tag is closed at once, or is no more than what a text says of it. */
    private static boolean isEmpty(Text text, int at) {
        var end = at + (text.says("<?=", at) ? "<?=" : "<?php").length();
        var quoted = CodeName.isQuote(text.at(end)) && text.at(end) == text.at(at - 1);
        return text.says("?>", text.skipSpace(end)) || quoted && isNowhereClosed(text, end);
    }

    /** Tells whether no tag ends behind the index, near enough, and no command stands there that a page would run. */
    private static boolean isNowhereClosed(Text text, int from) {
        for (var i = from + 1; i < Math.min(text.length(), from + PAGE); i++) {
            if (text.says("?>", i) || text.at(i) == '`' && text.at(from) != '`' || text.at(i) == '$') {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a page runs or evaluates something, or takes what is asked for, soon behind its tag. */
    private static boolean runs(Text text, int at) {
        var first = text.toString().indexOf("<?") == at;
        var last = first ? text.length() : Math.min(text.length(), at + PAGE);
        for (var i = at + 3; i < last && (first || !text.says("<?", i)); ) {
            var end = text.wordEnd(i);
            if (text.at(i) == '`' && !isFence(text, i) || end > i && isRun(text, i, end)) {
                return true;
            }
            i = Math.max(end, i + 1);
        }
        return false;
    }

    /** Tells whether the tick is one of three, as fences have them. */
    private static boolean isFence(Text text, int at) {
        return text.says("```", at) || text.says("```", at - 1) || text.says("```", at - 2);
    }

    /** Tells whether a word of a page runs something, names what does to be called by others, or takes what is asked for. */
    private static boolean isRun(Text text, int from, int end) {
        var next = text.skipSpace(end);
        var opened = text.at(next) == '(' || text.at(next) == '/' && text.at(next + 1) == '*';
        var before = text.at(from - 1);
        if (CodeInjection.CALLS.has(text, from, end)) {
            return opened || CodeName.isQuote(before) && text.at(end) == before;
        }
        if (INCLUDES.has(text, from, end)) {
            return isForeign(text, text.skipSpace(text.at(next) == '(' ? next + 1 : next));
        }
        return before == '$' && CodeName.ARRAYS.has(text, from, end) || opened && HEADERS.has(text, from, end);
    }

    /** Tells whether a string with an address of another host, or what the program was told, stands at the index. */
    private static boolean isForeign(Text text, int at) {
        var colon = text.wordEnd(at + 1);
        return text.says("$argv", at) || CodeName.isQuote(text.at(at)) && text.at(colon) == ':' && colon > at + 2;
    }

    /** Tells whether a line that begins as a statement or a sentence does reads a field that was asked for, and does nothing that runs it. */
    static boolean isRead(Text text, int at) {
        var read = text.at(at - 1) == '$' && CodeName.ARRAYS.has(text, at, text.wordEnd(at));
        if (!read || !Text.isLetter(text.at(text.first())) && text.at(text.first()) != '$') {
            return false;
        }
        for (var i = text.first(); i < text.last(); ) {
            var end = text.wordEnd(i);
            if (text.at(i) == '`' || text.says("](", i) || end > i && isUsed(text, i, end)) {
                return false;
            }
            i = Math.max(end, i + 1);
        }
        return true;
    }

    /** Tells whether a word runs, takes in or prints what it is given. */
    private static boolean isUsed(Text text, int from, int end) {
        return INCLUDES.has(text, from, end)
                || text.at(text.skipSpace(end)) == '('
                        && (CodeInjection.CALLS.has(text, from, end) || CodeRun.OUTPUTS.has(text, from, end));
    }
}
