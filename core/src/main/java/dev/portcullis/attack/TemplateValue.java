package dev.portcullis.attack;

/** What a value is that is nothing but one expression of a template, or of an expression language without brackets. */
final class TemplateValue {

    private static final Marks CLOSERS = Marks.of(")]");
    private static final Marks LEADING = Marks.of(".[(");
    private static final Marks MEMBERS = Marks.of(".[");

    private static final int NEAR = 96;

    /** Names that engines give to all that a template has, which nobody prints as a whole who writes one. */
    private static final Words<Boolean> WHOLES = Words.set(
            "this root it g self app _self _context context vars locals globals session config request settings"
                    + " flash cookies environment env server kernel model viewdata viewbag beans systemenvironment");

    /** Objects of which all members of Spring's expressions and OGNL's are reached. */
    private static final Words<Boolean> HELD =
            Words.set("this root request session application context environment parameters systemproperties"
                    + " systemenvironment servletcontext");

    /** Statements that only somebody tries who looks what there is. */
    private static final Words<Boolean> PROBES = Words.set("debug get_admin_log php perl");

    /** Lookups of text substitution which read files, or ask other hosts. */
    private static final Words<Boolean> LOOKUPS =
            Words.set("url file xml dns script const properties resourcebundle urldecoder base64decoder");

    private TemplateValue() {}

    /** Tells whether the expression from an index up to another prints all that the template has, or nothing that a template would. */
    static boolean isProbe(Text text, int from, int end) {
        var root = skip(text, from, "=-&@~!{ \t\n");
        var close = text.wordEnd(root);
        var rest = skip(text, close, " }-\n\t|~");
        if (text.at(root) == '.') {
            return isDot(text, root, end);
        }
        return close > root && rest >= end && (WHOLES.has(text, root, close) || text.says("__", root))
                || isPlainRoot(text, root)
                || isLiteralClass(text, root);
    }

    /** Tells whether the class is taken of a string or a number that is written out. */
    private static boolean isLiteralClass(Text text, int root) {
        var c = text.at(root);
        var end = root + 1;
        if (c == '(') {
            end = text.wordEnd(end);
        } else if (c == '\'' || c == '"') {
            end = text.wordEnd(end);
        }
        var close = c == '(' ? ')' : c;
        var member = end + 2;
        return (c == '(' || c == '\'' || c == '"')
                && text.at(end) == close
                && text.at(end + 1) == '.'
                && (text.says("class", member) || text.says("type", member) || text.says("getclass", member));
    }

    /** Tells whether the dot of Go is printed, or nothing but its environment. */
    private static boolean isDot(Text text, int dot, int end) {
        var word = text.wordEnd(dot + 1);
        return skip(text, word, " }-") >= end && (word == dot + 1 || text.says("env", dot + 1) && word == dot + 4);
    }

    /** Tells whether a member is taken of an empty string, list or object, as a way to whatever else there is. */
    private static boolean isPlainRoot(Text text, int root) {
        var c = text.at(root);
        var close = text.at(root + 1);
        var empty = (c == '\'' || c == '"') && close == c
                || c == '(' && close == ')'
                || c == '[' && close == ']'
                || c == '{' && close == '}';
        var next = text.at(text.skipSpace(root + 2));
        return empty && (next == '.' || next == '[' || next == '|' && text.at(text.skipSpace(root + 2) + 1) != '|');
    }

    private static int skip(Text text, int from, String skipped) {
        var i = from;
        while (i < from + NEAR && skipped.indexOf(text.at(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** Tells whether a statement, behind its bracket, looks what there is, compares numbers, or names something else by a shorter name. */
    static boolean isStatement(Text text, int from, int end, boolean whole) {
        var name = skip(text, from, "-+~ ");
        var close = text.wordEnd(name);
        if (PROBES.has(text, name, close) || whole && isTried(text, name, close)) {
            return true;
        }
        for (var i = close; i < end && i < from + NEAR && text.at(i) != '{'; i++) {
            if (isCompared(text, i, end) || text.at(i) == '=' && isRenamed(text, i, end) || isLooped(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether it is a statement that has no use by itself, or takes in a module by its name. */
    private static boolean isTried(Text text, int name, int close) {
        var module = text.skipSpace(close);
        return text.says("csrf_token", name)
                || text.says("import ", name) && Text.isLetter(text.at(module))
                || text.says("print", name) && text.at(close) == '('
                || TemplateDirective.LOADS.has(text, name, close) && text.says("admin/", module + 1);
    }

    /** Tells whether all that an object of the engine holds is gone through. */
    private static boolean isLooped(Text text, int at) {
        if (text.at(at) != ' ' || !text.says("in ", at + 1)) {
            return false;
        }
        var name = text.skipSpace(at + 4);
        var close = text.wordEnd(name);
        return TemplateObject.is(text, name, close) && text.at(close) == '.' && text.at(text.wordEnd(close + 1)) == '(';
    }

    private static boolean isCompared(Text text, int at, int end) {
        if (!Text.isDigit(text.at(at)) || Text.isWord(text.at(at - 1)) || text.at(at - 1) == '.') {
            return false;
        }
        return TemplateSum.is(text, at, end);
    }

    private static boolean isRenamed(Text text, int sign, int end) {
        var name = text.skipSpace(sign + 1);
        var close = text.wordEnd(name);
        return close > name && skip(text, close, " -%+~") >= end && TemplateObject.is(text, name, close);
    }

    /** Tells whether a lookup of text substitution reads a file or asks a host: <code>${url:UTF-8:http://...}</code>. */
    static boolean isLookup(Text text, int from) {
        var colon = text.wordEnd(from);
        if (text.at(colon) != ':' || !LOOKUPS.has(text, from, colon)) {
            return false;
        }
        var charset = text.says("utf-", colon + 1) || text.says("iso-", colon + 1) || text.says("us-", colon + 1);
        return charset
                || text.says("script", from)
                || text.says("dns", from)
                || text.says("const", from)
                || text.says("//", text.wordEnd(colon + 1) + 1)
                || text.at(colon + 1) == '/' && !text.says("file", from);
    }

    /** Tells whether a value begins as an expression that no bracket holds: {@code T(java.lang.Math)}, {@code #this.x}, {@code @bean['x']}. */
    static boolean isBare(Text text, int at) {
        if (at != text.first()) {
            return false;
        }
        var end = text.wordEnd(at + 1);
        return switch (text.at(at)) {
            case 'T' -> isType(text, at);
            case '#' -> isHeld(text, at, end);
            case '@' -> asked(text, end) > 0 && CLOSERS.has(text.at(text.last() - 1));
            case '$' -> end > at + 1 && (isClass(text, end) || isAsked(text, at, end));
            case '%' -> text.says("import ", text.skipSpace(at + 1)) && text.at(at + 1) != '%';
            default -> false;
        };
    }

    /** Tells whether a mark may begin such an expression, wherever the value begins and ends. */
    static boolean mayBegin(Text text, int at) {
        if (Text.isWord(text.at(at - 1))) {
            return false;
        }
        var end = text.wordEnd(at + 1);
        return switch (text.at(at)) {
            case '#' -> isHeld(text, at, end);
            case '@' -> asked(text, end) > 0;
            case '$' -> end > at + 1 && (leadsToClass(text, end) || isAsked(text, at, end));
            case '%' -> text.says("import ", text.skipSpace(at + 1));
            default -> false;
        };
    }

    private static boolean isHeld(Text text, int at, int end) {
        return LEADING.has(text.at(end)) && HELD.has(text, at + 1, end) && isVisible(text.at(end + 1));
    }

    /** Tells whether Velocity asks an object of the server for something: {@code $request.getServletContext()}. */
    private static boolean isAsked(Text text, int at, int end) {
        var method = end + ".get".length();
        return text.says(".get", end)
                && Character.isUpperCase(text.at(method))
                && text.at(text.wordEnd(method)) == '('
                && HELD.has(text, at + 1, end);
    }

    private static boolean isVisible(char c) {
        return c > ' ' && c != Text.END;
    }

    private static boolean isType(Text text, int at) {
        var end = at + 2;
        while (Text.isWord(text.at(end)) || text.at(end) == '.') {
            end++;
        }
        return text.at(at + 1) == '('
                && Text.isLetter(text.at(at + 2))
                && text.at(end) == ')'
                && text.at(end + 1) == '.'
                && Text.isLetter(text.at(end + 2));
    }

    /** The index of the string by which a bean is asked for a member, be it in brackets or by a method; 0 when there is none. */
    private static int asked(Text text, int end) {
        var method = text.at(end) == '.' ? text.wordEnd(end + 1) : end;
        var open = text.at(method);
        var quote = text.at(method + 1);
        var asked = open == '[' || open == '(' && method > end;
        return asked && (quote == '\'' || quote == '"') && text.at(end - 1) != '@' ? method + 1 : 0;
    }

    /** Tells whether the members of a variable lead to its class, and through it or no further. */
    private static boolean isClass(Text text, int from) {
        var end = classEnd(text, from);
        return end > from && (end >= text.last() || MEMBERS.has(text.at(end)));
    }

    private static boolean leadsToClass(Text text, int from) {
        return classEnd(text, from) > from;
    }

    private static int classEnd(Text text, int from) {
        var i = from;
        while (text.at(i) == '.' && i < from + NEAR) {
            var end = text.wordEnd(i + 1);
            if (text.says("class", i + 1) && end == i + 6) {
                return end;
            }
            i = end;
        }
        return from;
    }

    /** Tells whether a block of Razor holds statements. */
    static boolean isBlock(Text text, int at) {
        var close = text.next('}', at);
        var end = text.next(';', at);
        return at == text.first() && end < close && close + 1 >= text.last();
    }
}
