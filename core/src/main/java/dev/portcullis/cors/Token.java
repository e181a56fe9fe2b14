package dev.portcullis.cors;

/** Tells which texts are tokens (RFC 9110, section 5.6.2), as names of methods and fields are. */
final class Token {

    private static final String SIGNS = "!#$%&'*+-.^_`|~";

    private Token() {}

    static boolean is(String text) {
        return !text.isEmpty() && text.chars().allMatch(Token::mayHold);
    }

    private static boolean mayHold(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || SIGNS.indexOf(c) >= 0;
    }
}
