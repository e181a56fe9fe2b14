package dev.portcullis.attack;

/** Paths of programs and files whose letters are left to a shell: {@code /b?n/c[a]t}. */
final class ShellGlob {

    private static final int LONGEST = 64;

    private ShellGlob() {}

    /** Tells whether an absolute path of two names or more begins here that has wild cards in its first names. */
    static boolean begins(Text text, int at) {
        if (text.at(at) != '/') {
            return false;
        }
        var wild = 0;
        var names = 1;
        for (var i = at + 1; i < at + LONGEST; i++) {
            var c = text.at(i);
            if (c == '/') {
                names++;
            } else if (c == '?' && text.at(i + 1) != Text.END
                    || c == '*' && i > at + 1 && (Text.isWord(text.at(i + 1)) || names == 1 && text.at(i + 1) == '/')
                    || isSet(text, i)) {
                wild++;
            } else if (!Text.isWord(c) && c != ']' && c != '.' && c != '-' && c != '*' && c != '?') {
                break;
            }
        }
        return wild > 0 && names > 1 && text.at(at + 1) != '*' && text.at(at + 1) != '/' && isRooted(text, at + 1);
    }

    private static boolean isSet(Text text, int at) {
        return text.at(at) == '[' && Text.isWord(text.at(at + 1)) && text.at(at + 2) == ']';
    }

    /** Tells whether the first name may be that of a folder of programs or settings. */
    private static boolean isRooted(Text text, int at) {
        return matches("bin/", text, at)
                || matches("etc/", text, at)
                || matches("usr/", text, at)
                || matches("sbin/", text, at)
                || matches("dev/", text, at)
                || matches("tmp/", text, at)
                || matches("proc/", text, at);
    }

    private static boolean matches(String name, Text text, int from) {
        var i = from;
        for (var k = 0; k < name.length(); k++) {
            var c = text.lower(i);
            if (c == '[' && text.lower(i + 1) == name.charAt(k) && text.at(i + 2) == ']') {
                i += 3;
            } else if (c == '?' && name.charAt(k) != '/' || c == name.charAt(k)) {
                i++;
            } else if (c == '*') {
                return true;
            } else {
                return false;
            }
        }
        return true;
    }
}
