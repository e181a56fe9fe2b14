package dev.portcullis;

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
        var groups = new int[8];
        var count = 0;
        var gap = -1;
        var at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        } else if (text.charAt(0) == ':') {
            return null;
        }
        while (at < text.length()) {
            if (count == 8) {
                return null;
            }
            var end = groupEnd(text, at);
            if (end < text.length() && text.charAt(end) == '.') {
                count = embedded(text, at, groups, count);
                at = text.length();
            } else {
                var group = hex(text, at, end);
                if (group < 0) {
                    return null;
                }
                groups[count++] = group;
                at = end;
                if (at < text.length()) {
                    at++;
                    if (at == text.length()) {
                        return null;
                    }
                    if (text.charAt(at) == ':') {
                        if (gap >= 0) {
                            return null;
                        }
                        gap = count;
                        at++;
                    }
                }
            }
            if (count < 0) {
                return null;
            }
        }
        return assemble(groups, count, gap);
    }

    private static int groupEnd(String text, int from) {
        var end = from;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '.') {
            end++;
        }
        return end;
    }

    private static int embedded(String text, int at, int[] groups, int count) {
        var bits = count > 6 ? -1 : parseIpv4(text, at);
        if (bits < 0) {
            return -1;
        }
        groups[count] = (int) (bits >>> 16);
        groups[count + 1] = (int) (bits & 0xffff);
        return count + 2;
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

    private static @Nullable Address assemble(int[] groups, int count, int gap) {
        if (gap < 0 ? count != 8 : count == 8) {
            return null;
        }
        var all = new int[8];
        var head = gap < 0 ? 8 : gap;
        System.arraycopy(groups, 0, all, 0, head);
        if (gap >= 0) {
            System.arraycopy(groups, gap, all, 8 - (count - gap), count - gap);
        }
        return new Address(join(all, 0), join(all, 4));
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
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
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
