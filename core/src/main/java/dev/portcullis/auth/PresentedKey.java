package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A key as a client sent it, which is hashed when first asked, in each way at most once. For one request. */
@TrustedBase
final class PresentedKey {

    static final int MAX_ID = 64;

    private static final long ONE_EACH = 0x0101010101010101L;
    private static final long SIGNS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final String text;
    private final byte[] bytes;
    private final @Nullable Pepper pepper;
    private @Nullable Fingerprint plain;
    private @Nullable Fingerprint peppered;

    PresentedKey(String text, @Nullable Pepper pepper) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
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

    /**
     * Tells whether it is made of visible ASCII characters, and of at least one. Half of a character of two, which no container reads,
     * stands for the question mark that it is hashed as.
     */
    boolean isVisible() {
        var last = bytes.length - Long.BYTES;
        for (var i = 0; i < last; i += Long.BYTES) {
            if (!areVisible((long) LONGS.get(bytes, i))) {
                return false;
            }
        }
        return last < 0 ? isShortAndVisible() : areVisible((long) LONGS.get(bytes, last));
    }

    private boolean isShortAndVisible() {
        for (var b : bytes) {
            if (b <= ' ' || b > '~') {
                return false;
            }
        }
        return bytes.length > 0;
    }

    /** Eight at once: none has its highest bit, nor gets it when one is added, and all get it when what a blank lacks is. */
    private static boolean areVisible(long eight) {
        return ((eight | eight + ONE_EACH) & SIGNS) == 0 && (eight + (0x7F - ' ') * ONE_EACH & SIGNS) == SIGNS;
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
            plain = Fingerprint.ofBytes(bytes);
        }
        return plain;
    }

    /**
     * The pepper, without which nobody can tell what a key is that is stored under one.
     *
     * @throws IllegalStateException when there is none
     */
    Pepper demandPepper() {
        if (pepper == null) {
            throw new IllegalStateException("a key is stored with a pepper that is not here");
        }
        return pepper;
    }

    Fingerprint peppered() {
        if (peppered == null) {
            peppered = Fingerprint.ofDigest(demandPepper().hash(bytes));
        }
        return peppered;
    }
}
