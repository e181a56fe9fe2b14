package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import org.jspecify.annotations.Nullable;

/** A key as a client sent it, which is hashed when first asked, in each way at most once. For one request. */
@TrustedBase
final class PresentedKey {

    static final int MAX_ID = 64;

    private final String text;
    private final @Nullable Pepper pepper;
    private @Nullable Fingerprint plain;
    private @Nullable Fingerprint peppered;

    PresentedKey(String text, @Nullable Pepper pepper) {
        this.text = text;
        this.pepper = pepper;
    }

    static boolean isId(String text) {
        return isId(text, 0, text.length());
    }

    private static boolean isId(String text, int begin, int end) {
        for (var i = begin; i < end; i++) {
            if (!isOfId(text.charAt(i))) {
                return false;
            }
        }
        return begin < end && end - begin <= MAX_ID;
    }

    private static boolean isOfId(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-';
    }

    /** The id, which stands after the last underscore before the first full stop; null when there is none. */
    @Nullable
    String id() {
        var dot = text.indexOf('.');
        var begin = dot < 0 ? 0 : text.lastIndexOf('_', dot) + 1;
        return begin > 0 && dot < text.length() - 1 && isId(text, begin, dot) ? text.substring(begin, dot) : null;
    }

    boolean hasPepper() {
        return pepper != null;
    }

    /** The hash that was asked for last. */
    Fingerprint print() {
        return peppered == null ? plain() : peppered;
    }

    Fingerprint plain() {
        if (plain == null) {
            plain = Fingerprint.of(text);
        }
        return plain;
    }

    Fingerprint peppered() {
        if (pepper == null) {
            throw new IllegalStateException("a key is stored with a pepper that is not here");
        }
        if (peppered == null) {
            peppered = Fingerprint.ofDigest(pepper.hash(text));
        }
        return peppered;
    }
}
