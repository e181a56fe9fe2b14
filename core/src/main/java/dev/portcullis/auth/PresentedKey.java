package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import org.jspecify.annotations.Nullable;

/** A key as a client sent it, which is hashed when first asked, in each way at most once. For one request. */
@TrustedBase
final class PresentedKey {

    static final int MAX_ID = 64;

    private final String text;
    private final @Nullable Pepper pepper;
    private final int idBegin;
    private final int idEnd;
    private @Nullable Fingerprint plain;
    private @Nullable Fingerprint peppered;

    PresentedKey(String text, @Nullable Pepper pepper) {
        this.text = text;
        this.pepper = pepper;
        var dot = text.indexOf('.');
        var underscore = dot < 0 ? -1 : text.lastIndexOf('_', dot);
        var named = underscore >= 0 && dot < text.length() - 1 && isId(text, underscore + 1, dot);
        this.idBegin = named ? underscore + 1 : 0;
        this.idEnd = named ? dot : 0;
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

    /** The number by which keys of this id are looked for; never 0. */
    static int number(String id) {
        return number(id, 0, id.length());
    }

    private static int number(String text, int begin, int end) {
        var number = 0;
        for (var i = begin; i < end; i++) {
            number = 31 * number + text.charAt(i);
        }
        number = (number ^ number >>> 16) * 0x85ebca6b;
        number = (number ^ number >>> 13) * 0xc2b2ae35;
        return number == 0 ? 1 : number;
    }

    /** Tells whether there is an id: what stands after the last underscore before the first full stop. */
    boolean hasId() {
        return idEnd > 0;
    }

    /** The number by which keys of its id are looked for; never 0. */
    int number() {
        return number(text, idBegin, idEnd);
    }

    /** The id; null when there is none. */
    @Nullable
    String id() {
        return hasId() ? text.substring(idBegin, idEnd) : null;
    }

    /** Tells whether this is its id. */
    boolean hasId(String id) {
        return id.length() == idEnd - idBegin && text.startsWith(id, idBegin);
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
