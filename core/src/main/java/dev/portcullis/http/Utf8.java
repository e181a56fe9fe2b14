package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells well-formed UTF-8 from anything else, byte by byte (RFC 3629, section 4).
 *
 * <p>Overlong forms, surrogates and code points past U+10FFFF are malformed. The state between two bytes is a small number.
 */
@TrustedBase
public final class Utf8 {

    /** Between two characters: the state to begin with, and the one to end with. */
    static final int START = 0;

    /** Malformed, whatever follows. */
    static final int MALFORMED = -1;

    // The states 1 to 3 await so many bytes; these await a first one from a narrower range.
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;

    /** Eight bytes at once. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long NO_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** The state after one more byte, given as 0 to 255. */
    static int next(int state, int octet) {
        return switch (state) {
            case START -> octet < 0x80 ? START : lead(octet);
            case 1, 2, 3 -> within(octet, 0x80, 0xbf, state - 1);
            case AFTER_E0 -> within(octet, 0xa0, 0xbf, 1);
            case AFTER_ED -> within(octet, 0x80, 0x9f, 1);
            case AFTER_F0 -> within(octet, 0x90, 0xbf, 2);
            case AFTER_F4 -> within(octet, 0x80, 0x8f, 2);
            default -> MALFORMED;
        };
    }

    private static int lead(int octet) {
        if (octet < 0xe0) {
            return octet < 0xc2 ? MALFORMED : 1;
        }
        return switch (octet) {
            case 0xe0 -> AFTER_E0;
            case 0xed -> AFTER_ED;
            case 0xf0 -> AFTER_F0;
            case 0xf1, 0xf2, 0xf3 -> 3;
            case 0xf4 -> AFTER_F4;
            default -> octet < 0xf0 ? 2 : MALFORMED;
        };
    }

    private static int within(int octet, int low, int high, int then) {
        return octet >= low && octet <= high ? then : MALFORMED;
    }

    /** Tells whether all of the bytes are well-formed UTF-8. */
    public static boolean wellFormed(byte[] bytes) {
        var state = START;
        for (var i = 0; i < bytes.length && state != MALFORMED; i++) {
            if (state == START) {
                i = endOfAscii(bytes, i);
            }
            state = i < bytes.length ? next(state, bytes[i] & 0xff) : state;
        }
        return state == START;
    }

    /** Where eight bytes begin of which not all are ASCII, or where fewer are left. */
    private static int endOfAscii(byte[] bytes, int from) {
        var at = from;
        while (at + Long.BYTES <= bytes.length && ((long) EIGHT.get(bytes, at) & NO_ASCII) == 0) {
            at += Long.BYTES;
        }
        return at;
    }
}
