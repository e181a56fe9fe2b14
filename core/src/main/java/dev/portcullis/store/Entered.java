package dev.portcullis.store;

import java.time.Instant;

/** The bounds of what may be entered. */
final class Entered {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Entered() {}

    static void demand(String space, String key, String value, Instant until) {
        demandSpace(space);
        demandLength("key", key, Ledger.MAX_KEY);
        demandLength("value", value, Ledger.MAX_VALUE);
        if (until.isAfter(LATEST)) {
            throw new IllegalArgumentException("until: after the year 9999 (expected: a time before)");
        }
    }

    static void demandSpace(String space) {
        demandLength("space", space, Ledger.MAX_SPACE);
        if (space.isEmpty() || !space.chars().allMatch(Entered::isPlain)) {
            throw new IllegalArgumentException("space: not a name (expected: a-z, 0-9, `-`, `.`, `:` and `_`)");
        }
    }

    static void demandCursor(long since) {
        if (since < 0) {
            throw new IllegalArgumentException("since: " + since + " (expected: 0 or a cursor)");
        }
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-.:_".indexOf(c) >= 0;
    }

    private static void demandLength(String what, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    what + ": " + text.length() + " characters (expected: at most " + most + ")");
        }
    }
}
