package dev.portcullis.respond.leak;

import java.util.Locale;

/**
 * Numbers of payment cards.
 *
 * <p>Looks for: 14 to 19 digits with a beginning and a length that an issuer uses, and the right check digit (Luhn), in one piece or in
 * the groups that are printed on cards, parted by spaces or hyphens.
 *
 * <p>Does not look for: digits inside of longer numbers, words, UUIDs and fractions; segments of paths, and members of JSON that are
 * called an id.
 *
 * <p>Caught: {@code 4111 1111 1111 1111}
 *
 * <p>Let through: {@code 1753142400000000}
 */
final class PaymentCard implements Leak {

    private static final int MAX_DIGITS = 19;
    /** How far back the name of a member is looked for. */
    static final int MAX_NAME = 64;

    private static final int SHOWN = 4;
    private static final int[][] GROUPS = {{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}};

    @Override
    public String id() {
        return "payment-card";
    }

    @Override
    public String beginnings() {
        return "23456";
    }

    @Override
    public int end(Text text, int at) {
        if (!stands(text, at)) {
            return -1;
        }
        var run = text.run(at, Ascii.DIGIT, MAX_DIGITS + 1);
        var end = run - at == 4 ? grouped(text, run) : run;
        return end > 0 && isNumber(text, at, end) && isAlone(text, end) && (end != run || !isNamed(text, at))
                ? end
                : -1;
    }

    /** Tells whether a number may begin here, and does not go on from before. */
    private static boolean stands(Text text, int at) {
        var before = text.at(at - 1);
        if (before == '/' || before == '+' || !text.begins(at)) {
            return false;
        }
        return before != '.' && before != '-' || !Ascii.WORD.has(text.at(at - 2));
    }

    /** Tells whether the number does not go on. */
    private static boolean isAlone(Text text, int end) {
        var after = text.at(end);
        if (Ascii.WORD.has(after)) {
            return false;
        }
        return after != '.' && after != '-' || !Ascii.WORD.has(text.at(end + 1));
    }

    /** Where the groups end of which the first, of four digits, ends here; -1 when that is no way to print a card's number. */
    private static int grouped(Text text, int first) {
        var separator = text.at(first);
        if (separator != ' ' && separator != '-') {
            return -1;
        }
        var longest = -1;
        for (var groups : GROUPS) {
            longest = Math.max(longest, grouped(text, first, groups));
        }
        return longest;
    }

    private static int grouped(Text text, int first, int[] groups) {
        var end = first;
        for (var i = 1; i < groups.length; i++) {
            var next = text.run(end + 1, Ascii.DIGIT, groups[i] + 1);
            if (text.at(end) != text.at(first) || next - end - 1 != groups[i]) {
                return -1;
            }
            end = next;
        }
        return end;
    }

    private static boolean isNumber(Text text, int from, int to) {
        var sum = 0;
        var digits = 0;
        var same = true;
        for (var i = to - 1; i >= from; i--) {
            var digit = text.at(i) - '0';
            if (digit >= 0) {
                var doubled = digit * (1 + digits++ % 2);
                sum += doubled > 9 ? doubled - 9 : doubled;
                same &= text.at(i) == text.at(from);
            }
        }
        return sum % 10 == 0 && !same && Issuers.use(prefix(text, from), digits);
    }

    /** The first four digits. */
    private static int prefix(Text text, int from) {
        var prefix = 0;
        for (var i = 0; i < 4; i++) {
            prefix = prefix * 10 + text.at(from + i) - '0';
        }
        return prefix;
    }

    /** Tells whether the number is the value of a member that is called an id, which one in ten ids would else be taken for. */
    private static boolean isNamed(Text text, int at) {
        var i = at - 1;
        while (at - i <= MAX_NAME && (text.at(i) == '"' || text.at(i) == ' ' || text.at(i) == ':')) {
            i--;
        }
        if (text.at(i + 1) != '"' || !isId(text, i)) {
            return false;
        }
        var name = text.string(Math.max(0, at - MAX_NAME), i + 1);
        var whole = name.substring(name.lastIndexOf('"') + 1).toLowerCase(Locale.ROOT);
        return !whole.contains("card") && !whole.contains("pan");
    }

    /** Tells whether the name whose last letter stands here is {@code id}, or ends in {@code Id}, {@code ID}, {@code _id} or {@code -id}. */
    private static boolean isId(Text text, int last) {
        if (text.has(last - 1, "Id")) {
            return true;
        }
        var before = text.at(last - 2);
        var apart = before == '"' || before == '_' || before == '-';
        return apart && text.has(last - 1, "id")
                || text.has(last - 1, "ID") && (apart || Ascii.LOWER_OR_DIGIT.has(before));
    }

    @Override
    public int hiddenTo(Text text, int from, int to) {
        return to - SHOWN;
    }

    /** Who issues cards, by the first four digits of their numbers. */
    private static final class Issuers {

        /** The first and the last beginning, the fewest and the most digits. */
        private static final int[][] RANGES = {
            {4000, 4999, 16, 16}, // Visa; the few of 13 and 19 digits look like any number
            {5100, 5599, 16, 16}, // Mastercard
            {2221, 2720, 16, 16}, // Mastercard
            {3400, 3499, 15, 15}, // American Express
            {3700, 3799, 15, 15},
            {6011, 6011, 16, 16}, // Discover
            {6440, 6599, 16, 16},
            {3000, 3059, 14, 14}, // Diners Club
            {3600, 3699, 14, 14},
            {3800, 3999, 14, 14},
            {3528, 3589, 16, 16}, // JCB
            {6200, 6299, 16, 19}, // UnionPay
        };

        static boolean use(int prefix, int digits) {
            for (var range : RANGES) {
                if (prefix >= range[0] && prefix <= range[1]) {
                    return digits >= range[2] && digits <= range[3];
                }
            }
            return false;
        }
    }
}
