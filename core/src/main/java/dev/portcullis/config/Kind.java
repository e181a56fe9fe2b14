package dev.portcullis.config;

import dev.portcullis.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value: how it is read from text, and what to tell somebody whose text it is not. Immutable.
 *
 * @param name what a value is called
 * @param help how a value is written
 * @param reader reads a text or throws {@link IllegalArgumentException}
 */
record Kind<T>(String name, String help, Function<String, T> reader) {

    static final Kind<Rule.Mode> MODE =
            choice("mode", Map.of("enforce", Rule.Mode.ENFORCE, "observe", Rule.Mode.OBSERVE));
    static final Kind<Boolean> SWITCH = choice("switch", Map.of("true", true, "false", false));
    static final Kind<Long> COUNT =
            new Kind<>("whole number from 1 to 10^9", "write a number such as `100`", Kind::count);
    static final Kind<Long> SIZE = new Kind<>(
            "size from 1B to 1TB",
            "write a number of bytes, or one with `KB`, `MB` or `GB`, such as `64KB`",
            Kind::size);
    static final Kind<Duration> DURATION = new Kind<>(
            "duration from 0s to 366d",
            "write a number with `ms`, `s`, `m`, `h` or `d`, such as `1m`, or an ISO 8601 duration such as `PT1M`",
            Kind::duration);

    static final Kind<Instant> TIME = new Kind<>(
            "time", "write a day such as `2026-07-01`, or a time such as `2026-07-01T12:00:00Z`", Kind::time);

    private static final String OFF = "off";
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s?([A-Za-z]{0,2})");
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final long MOST = 1_000_000_000L;
    private static final Duration LONGEST = Duration.ofDays(366);

    /** One of a few words. */
    static <T> Kind<T> choice(String name, Map<String, T> words) {
        var sorted = words.keySet().stream().sorted().toList();
        var list = "`" + String.join("`, `", sorted) + "`";
        return new Kind<>(name, "write one of " + list, text -> {
            var value = words.get(isOff(text) && words.containsKey(OFF) ? OFF : text);
            if (value == null) {
                throw new IllegalArgumentException("no such word");
            }
            return value;
        });
    }

    /** Tells whether the text is {@code off}, which older YAML, such as Spring's, reads as {@code false}. */
    static boolean isOff(@Nullable String text) {
        return OFF.equals(text) || "false".equals(text);
    }

    private static Long count(String text) {
        demandNoZero(text);
        var value = Long.parseLong(text);
        return within(value, MOST);
    }

    /** What begins with a zero is octal in older YAML, such as Spring's, and decimal in later YAML. */
    private static void demandNoZero(String text) {
        if (text.length() > 1 && text.charAt(0) == '0') {
            throw new IllegalArgumentException("octal or decimal");
        }
    }

    private static Long size(String text) {
        demandNoZero(text);
        var amount = AMOUNT.matcher(text);
        var unit = amount.matches() ? SIZES.get(amount.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("no such unit");
        }
        return within(Math.multiplyExact(Long.parseLong(amount.group(1)), unit), 1L << 40);
    }

    private static Duration duration(String text) {
        var value = text.startsWith("P") ? Duration.parse(text) : Duration.ofMillis(millis(text));
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }

    /** A day begins with its first moment in UTC. */
    private static Instant time(String text) {
        return text.length() == "2026-07-01".length()
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    private static long millis(String text) {
        var amount = AMOUNT.matcher(text);
        var unit = amount.matches() ? MILLIS.get(amount.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("no such unit");
        }
        return new BigDecimal(amount.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValueExact();
    }

    private static long within(long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }
}
