package dev.portcullis.servlet;

import dev.portcullis.http.FieldText;
import jakarta.servlet.http.Cookie;
import java.util.function.BinaryOperator;

/** What cookies write into their header field. Stateless. */
final class CookieText {

    private static final String FIELD = "Set-Cookie";

    private CookieText() {}

    /** Tells whether the value or an attribute can end the line. */
    static boolean splits(Cookie cookie) {
        return cookie.getValue() != null && FieldText.splits(cookie.getValue())
                || cookie.getAttributes().entrySet().stream()
                        .anyMatch(one -> FieldText.splits(one.getKey()) || FieldText.splits(one.getValue()));
    }

    /**
     * The same cookie without what ends lines.
     *
     * @param joiner makes the text for a field out of a text
     */
    static Cookie joined(Cookie cookie, BinaryOperator<String> joiner) {
        var other =
                new Cookie(cookie.getName(), joiner.apply(FIELD, cookie.getValue() == null ? "" : cookie.getValue()));
        cookie.getAttributes().forEach((name, value) -> {
            if (!FieldText.splits(name)) {
                other.setAttribute(name, joiner.apply(FIELD, value));
            }
        });
        return other;
    }
}
