package dev.portcullis.config;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration at which values are read and problems are found.
 *
 * @param problems where problems go
 * @param key the key
 */
record At(Problems problems, String key) {

    At child(String name) {
        return new At(problems, key.isEmpty() ? name : key + "." + name);
    }

    At item(int index) {
        return new At(problems, key + "[" + index + "]");
    }

    void problem(String message, String help) {
        problems.add(key, message, help);
    }

    /** Tells whether nothing is wrong here and in what is in here, as far as is known. */
    boolean clean() {
        return problems.clean(key);
    }

    /** The value; null when nothing is written, or nothing that can be read. */
    <T> @Nullable T read(@Nullable String text, Kind<T> kind) {
        if (text == null) {
            return null;
        }
        try {
            return kind.reader().apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            problem("`" + shown(text) + "` (expected: a " + kind.name() + ")", kind.help());
            return null;
        }
    }

    /** The value, or what holds in its absence. */
    <T> T read(@Nullable String text, Kind<T> kind, T absent) {
        var value = read(text, kind);
        return value == null ? absent : value;
    }

    /** What a maker makes of a text; null when it cannot, and says why. */
    <T> @Nullable T make(String text, String help, Function<String, T> maker) {
        try {
            return maker.apply(text);
        } catch (IllegalArgumentException e) {
            problem(messageOf(e), help);
            return null;
        }
    }

    /** What a maker makes of each item of a list, without those it cannot. */
    <T> List<T> each(@Nullable List<String> texts, String help, Function<String, T> maker) {
        var made = new ArrayList<T>();
        for (var i = 0; texts != null && i < texts.size(); i++) {
            var value = item(i).make(texts.get(i), help, maker);
            if (value != null) {
                made.add(value);
            }
        }
        return made;
    }

    static String messageOf(Throwable e) {
        var message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** A text as it is shown to an operator: short, and on one line. */
    static String shown(String text) {
        var line = text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }
}
