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
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c > 'z' || !Character.isLetterOrDigit(c) && c != '-') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_ID;
    }

    /** What stands after the last underscore before the first full stop; null when that is no id. */
    @Nullable
    String id() {
        var dot = text.indexOf('.');
        var underscore = dot < 0 ? -1 : text.lastIndexOf('_', dot);
        if (underscore < 0 || dot == text.length() - 1) {
            return null;
        }
        var id = text.substring(underscore + 1, dot);
        return isId(id) ? id : null;
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
