package dev.portcullis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and writes addresses as text. */
final class AddressText {

    private static final int MAX_LENGTH = 45;

    private AddressText() {}

    static @Nullable Address parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        if (text.indexOf(':') >= 0) {
            return parseIpv6(text);
        }
        var bits = parseIpv4(text, 0);
        return bits < 0 ? null : Address.ofIpv4((int) bits);
    }

    /** The 32 bits of the dotted decimal from the index on, or -1. */
    private static long parseIpv4(String text, int from) {
        var bits = 0L;
        var at = from;
        for (var part = 0; part < 4; part++) {
            var end = part == 3 ? text.length() : text.indexOf('.', at);
            var octet = octet(text, at, end);
            if (octet < 0) {
                return -1;
            }
            bits = bits << 8 | octet;
            at = end + 1;
        }
        return bits;
    }

    private static int octet(String text, int from, int end) {
        var length = end - from;
        if (length < 1 || length > 3 || length > 1 && text.charAt(from) == '0') {
            return -1;
        }
        var value = 0;
        for (var i = from; i < end; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= 255 ? value : -1;
    }

    private static @Nullable Address parseIpv6(String text) {
        var groups = new Groups(text);
        var gap = text.indexOf("::");
        if (gap < 0) {
            return groups.read(0, text.length()) && groups.count == 8 ? groups.address() : null;
        }
        if (!groups.read(0, gap)) {
            return null;
        }
        var head = groups.count;
        if (!groups.read(gap + 2, text.length()) || groups.count == 8) {
            return null;
        }
        return groups.spread(head).address();
    }

    /** The groups of 16 bits that were read so far. */
    private static final class Groups {

        private final String text;
        private final int[] all = new int[8];
        private int count;

        Groups(String text) {
            this.text = text;
        }

        /** Reads the groups between the indices, of which there may be none. */
        boolean read(int from, int end) {
            for (var at = from; from < end && at <= end; ) {
                var colon = text.indexOf(':', at);
                var stop = colon < 0 || colon > end ? end : colon;
                if (!put(at, stop)) {
                    return false;
                }
                at = stop + 1;
            }
            return true;
        }

        private boolean put(int from, int end) {
            if (end == text.length() && text.indexOf('.', from) >= 0) {
                return putDotted(from);
            }
            var group = count < 8 ? hex(text, from, end) : -1;
            if (group < 0) {
                return false;
            }
            all[count++] = group;
            return true;
        }

        private boolean putDotted(int from) {
            var bits = count > 6 ? -1 : parseIpv4(text, from);
            if (bits < 0) {
                return false;
            }
            all[count++] = (int) (bits >>> 16);
            all[count++] = (int) (bits & 0xffff);
            return true;
        }

        /** Moves the groups after the head to the end, with zeros between. */
        Groups spread(int head) {
            var tail = count - head;
            System.arraycopy(all, head, all, 8 - tail, tail);
            Arrays.fill(all, head, 8 - tail, 0);
            return this;
        }

        Address address() {
            return new Address(join(all, 0), join(all, 4));
        }
    }

    private static int hex(String text, int from, int end) {
        if (end == from || end - from > 4) {
            return -1;
        }
        var value = 0;
        for (var i = from; i < end; i++) {
            var c = text.charAt(i);
            var digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static long join(int[] groups, int from) {
        return (long) groups[from] << 48
                | (long) groups[from + 1] << 32
                | (long) groups[from + 2] << 16
                | groups[from + 3];
    }

    static String print(Address address) {
        if (address.isIpv4()) {
            var bits = address.low();
            return (bits >>> 24 & 0xff) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        var groups = new int[8];
        for (var i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? address.high() : address.low()) >>> 48 - 16 * (i % 4)) & 0xffff;
        }
        return printIpv6(groups);
    }

    private static String printIpv6(int[] groups) {
        var gap = longestZeros(groups);
        var text = new StringBuilder(39);
        for (var i = 0; i < 8; i++) {
            if (i == gap[0]) {
                text.append("::");
                i += gap[1] - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** Start and length of the first longest run of at least two zero groups; start -1 when there is none. */
    private static int[] longestZeros(int[] groups) {
        var best = new int[] {-1, 1};
        for (var i = 0; i < 8; i++) {
            var end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > best[1]) {
                best = new int[] {i, end - i};
            }
            i = Math.max(i, end - 1);
        }
        return best;
    }
}
