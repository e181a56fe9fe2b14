package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What somebody does to a text so that a filter does not know it, while whoever it is meant for still does. */
enum Mutation {
    CASE((text, random) ->
            letters(text, c -> random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c))),
    PERCENT((text, random) -> percent(text, false)),
    PERCENT_TWICE((text, random) -> percent(percent(text, false), true)),
    PERCENT_SOME((text, random) -> each(text, c -> random.nextInt(3) == 0 ? percent(c) : String.valueOf(c))),
    WIDE_PERCENT((text, random) -> each(text, c -> "%%u%04x".formatted((int) c))),
    ENTITIES((text, random) -> each(text, c -> "&#" + (int) c + ";")),
    HEX_ENTITIES((text, random) -> each(text, c -> "&#x%x;".formatted((int) c))),
    LONG_ENTITIES((text, random) -> each(text, c -> "&#%07d".formatted((int) c))),
    SCRIPT_ESCAPES((text, random) -> each(text, c -> "\\u%04x".formatted((int) c))),
    HEX_ESCAPES((text, random) -> each(text, c -> c < 256 ? "\\x%02x".formatted((int) c) : String.valueOf(c))),
    FULL_WIDTH((text, random) -> each(text, c -> String.valueOf(c > ' ' && c < 127 ? (char) (c + 0xfee0) : c))),
    BLANKS_AROUND((text, random) -> "  \t" + text + "   "),
    LINES_AROUND((text, random) -> "\n" + text + "\n"),
    TABS((text, random) -> text.replace(' ', '\t')),
    FORM_FEEDS((text, random) -> text.replace(' ', '\f')),
    MANY_BLANKS((text, random) -> text.replace(" ", "    ")),
    LINE_ENDS((text, random) -> text.replace(' ', '\n')),
    COMMENTS((text, random) -> text.replace(" ", "/**/")),
    LONG_COMMENTS((text, random) -> text.replace(" ", "/* a, b */")),
    PREFIX((text, random) -> "7" + text),
    WORDS_BEFORE((text, random) -> "blue shoes " + text),
    PADDING((text, random) -> "a".repeat(2_000) + text),
    PADDING_BEHIND((text, random) -> text + " " + "b".repeat(2_000));

    private static final String SPECIAL = "%";

    private final BiFunction<String, Random, String> change;

    Mutation(BiFunction<String, Random, String> change) {
        this.change = change;
    }

    String of(String text, Random random) {
        return change.apply(text, random);
    }

    private interface Letter {
        char of(char c);
    }

    private interface Piece {
        String of(char c);
    }

    private static String letters(String text, Letter letter) {
        var made = new StringBuilder();
        for (var c : text.toCharArray()) {
            made.append(c < 128 ? letter.of(c) : c);
        }
        return made.toString();
    }

    private static String each(String text, Piece piece) {
        return text.chars().mapToObj(c -> piece.of((char) c)).collect(Collectors.joining());
    }

    private static String percent(char c) {
        return new String(new char[] {c}).getBytes(UTF_8).length == 1 ? "%%%02x".formatted((int) c) : String.valueOf(c);
    }

    private static String percent(String text, boolean signsOnly) {
        return each(text, c -> !signsOnly || SPECIAL.indexOf(c) >= 0 ? percent(c) : String.valueOf(c));
    }
}
