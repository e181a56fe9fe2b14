package dev.portcullis.respond.leak;

/** A set of ASCII characters. Immutable. */
final class Ascii {

    static final Ascii DIGIT = of("0123456789");
    static final Ascii UPPER_OR_DIGIT = of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    static final Ascii LOWER_OR_DIGIT = of("abcdefghijklmnopqrstuvwxyz0123456789");
    static final Ascii HEX = of("0123456789abcdef");
    static final Ascii ALPHANUMERIC = of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    /** What words of programs are written with. */
    static final Ascii WORD = ALPHANUMERIC.with("_");
    /** The alphabet of base64url. */
    static final Ascii URL_SAFE = WORD.with("-");
    /** The alphabet of base64. */
    static final Ascii BASE64 = ALPHANUMERIC.with("+/=");
    /** What names of Java are written with, class loaders and modules included. */
    static final Ascii QUALIFIED = WORD.with("$.<>/@-");

    static final Ascii SPACE = of(" \t\r\n");
    static final Ascii ESCAPED_SPACE = of("nrt");

    private final boolean[] members;

    private Ascii(boolean[] members) {
        this.members = members;
    }

    static Ascii of(String characters) {
        return new Ascii(new boolean[128]).with(characters);
    }

    Ascii with(String characters) {
        var more = members.clone();
        for (var i = 0; i < characters.length(); i++) {
            more[characters.charAt(i)] = true;
        }
        return new Ascii(more);
    }

    /** Tells whether the byte, from 0 to 255, is one; nothing is none. */
    boolean has(int octet) {
        return octet >= 0 && octet < members.length && members[octet];
    }
}
