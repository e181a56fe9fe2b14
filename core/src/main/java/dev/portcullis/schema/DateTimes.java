package dev.portcullis.schema;

import java.time.YearMonth;

/** Dates, times and durations as RFC 3339 writes them. */
final class DateTimes {

    private static final int DATE_LENGTH = 10;
    private static final int MINUTES_OF_DAY = 24 * 60;

    private DateTimes() {}

    static boolean isDate(String text) {
        if (text.length() != DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        var year = number(text, 0, 4);
        var month = number(text, 5, 7);
        var day = number(text, 8, 10);
        return year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    static boolean isDateTime(String text) {
        return text.length() > DATE_LENGTH
                && (text.charAt(DATE_LENGTH) | 0x20) == 't'
                && isDate(text.substring(0, DATE_LENGTH))
                && isTime(text.substring(DATE_LENGTH + 1));
    }

    /** Tells whether this is a time with its offset; a leap second is one only at the end of a day in UTC. */
    static boolean isTime(String text) {
        if (text.length() < 9 || text.charAt(2) != ':' || text.charAt(5) != ':') {
            return false;
        }
        var hour = number(text, 0, 2);
        var minute = number(text, 3, 5);
        var second = number(text, 6, 8);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return false;
        }
        var offset = offset(text, fractionEnd(text));
        var utc = Math.floorMod(hour * 60 + minute - offset, MINUTES_OF_DAY);
        return offset < MINUTES_OF_DAY && (second < 60 || utc == MINUTES_OF_DAY - 1);
    }

    /** Where the fraction ends that begins behind the seconds; -1 when it has no digits. */
    private static int fractionEnd(String text) {
        if (text.charAt(8) != '.') {
            return 8;
        }
        var end = digitsEnd(text, 9);
        return end == 9 ? -1 : end;
    }

    /** The offset at the end of the text, in minutes; a whole day when there is none. */
    private static int offset(String text, int from) {
        if (from >= 0 && from == text.length() - 1 && (text.charAt(from) | 0x20) == 'z') {
            return 0;
        }
        if (from < 0 || text.length() - from != 6 || text.charAt(from + 3) != ':') {
            return MINUTES_OF_DAY;
        }
        var sign = text.charAt(from) == '-' ? -1 : 1;
        var hours = number(text, from + 1, from + 3);
        var minutes = number(text, from + 4, from + 6);
        var bad = sign > 0 && text.charAt(from) != '+' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59;
        return bad ? MINUTES_OF_DAY : sign * (hours * 60 + minutes);
    }

    /** Tells whether this is a duration: weeks alone, or units in their order with none left out between two. */
    static boolean isDuration(String text) {
        if (text.length() < 3 || text.charAt(0) != 'P') {
            return false;
        }
        var time = text.indexOf('T');
        var date = text.substring(1, time < 0 ? text.length() : time);
        if (time < 0) {
            return isRun(date, "W") || isRun(date, "YMD");
        }
        return (date.isEmpty() || isRun(date, "YMD")) && isRun(text.substring(time + 1), "HMS");
    }

    /** Tells whether these are numbers with units, the units a part of the sequence without gaps. */
    private static boolean isRun(String text, String units) {
        var expected = -1;
        var at = 0;
        while (at < text.length()) {
            var end = digitsEnd(text, at);
            var unit = end == at || end == text.length() ? -1 : units.indexOf(text.charAt(end));
            if (unit < 0 || expected >= 0 && unit != expected) {
                return false;
            }
            expected = unit + 1;
            at = end + 1;
        }
        return at > 0;
    }

    private static int digitsEnd(String text, int from) {
        var end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int number(String text, int from, int end) {
        return digitsEnd(text.substring(from, end), 0) == end - from ? Integer.parseInt(text, from, end, 10) : -1;
    }
}
