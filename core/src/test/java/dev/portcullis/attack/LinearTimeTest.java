package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes a detector look more often than some times a character, however long the text is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LinearTimeTest {

    private static final int SHORT = 1_000;
    private static final int LONG = 6_000;
    private static final int MOST_EACH = 1_500;
    private static final double MOST_GROWTH = 1.2;

    private static final List<String> UNITS = List.of(
            "a",
            "<(",
            "/?",
            ";/?in/",
            ";c$@",
            ";c''",
            "#set(",
            "iex",
            "perl -e ",
            "O:8:",
            "H4sI",
            ")(&",
            "..;/",
            "new ",
            "%{",
            "@{",
            "1",
            " ",
            "\n",
            "\r\n",
            "\t",
            "\0",
            "'",
            "\"",
            "`",
            "''",
            "\\",
            "\\n",
            "/",
            "//",
            "../",
            "..\\",
            ".",
            "/.",
            "\ufffd",
            "\u00c0",
            "0x2e",
            "2f",
            "%",
            "%25",
            "&",
            "&#",
            "&#x26",
            "#",
            "#\n",
            "--",
            "--\n",
            "/*",
            "/**/",
            "/*!",
            "*/",
            "(",
            ")",
            "((",
            "()",
            "[",
            "]",
            "{",
            "{{",
            "${",
            "$(",
            "#{",
            "<",
            "</",
            "<a ",
            "<!--",
            "<!doctype ",
            "<?",
            "<%",
            "<style ",
            "style=",
            ">",
            "=",
            "on=",
            "onx = ",
            "onx=alert(",
            "javascript:",
            "j\t",
            "jav   ",
            "alert (",
            "document.",
            "data:",
            "@",
            "@@",
            "@a",
            ";",
            "; ",
            ";id ",
            "; ls -l",
            "|",
            "|id",
            "&&",
            "`id`",
            "\nid ",
            "c'a't ",
            " or 1",
            " or 1=1",
            "' or '",
            "or(",
            "union ",
            "union select ",
            "select ",
            "select(",
            "(select ",
            "from a ",
            "case when ",
            "not ",
            "+",
            "-",
            "~",
            "1,",
            "null,",
            "sleep(1)",
            "a(",
            "a.",
            "a.b ",
            "http://",
            "//1.",
            "http://0x",
            "@0x1.",
            "/.a",
            "http://[0:",
            "=http://a ",
            "a:/",
            "file://",
            "x=",
            "(x=",
            ")(x=",
            "*)(",
            "$ne",
            "$ne:",
            "this.a",
            "db.a.",
            "org.apache.commons.",
            "class.",
            "rO0AB",
            "${a:",
            "${${",
            "{{7*7}}",
            "{{a()}} ",
            "system(",
            "eval('",
            "<?php",
            "a;",
            ":",
            "x: y\n",
            "\u001b[",
            "\\x1b[",
            "a\r",
            "exec ",
            "; exec ",
            ";drop table ",
            "having ",
            "order by ",
            "into outfile ",
            "\r",
            "\r ",
            "\r(",
            "\\r",
            "\\n\\n",
            "=\\\\da",
            "=\\\\@",
            "=//a@b",
            "<%",
            "eval(||",
            "<%[0[0[0:$[[",
            "||1(1!!a(<%\\n");

    /** Operators of search engines in front of what may be a field; apart, since others draw from those above by chance. */
    private static final List<String> OPERATORS =
            List.of("OR.", "NOT-", "OR.a.", "OR NOT ", "OR(+-!", "OR ((((", "NOT.OR-AND.");

    static List<String> operators() {
        return OPERATORS;
    }

    static List<String> pumped() {
        var all = new ArrayList<>(UNITS);
        for (var i = 0; i + 7 < UNITS.size(); i++) {
            all.add(UNITS.get(i) + UNITS.get(i + 7));
        }
        return all;
    }

    @Test
    void thereIsMuchToPump() {
        assertThat(pumped()).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @MethodSource({"pumped", "operators"})
    void looksGrowWithTheLength(String unit) {
        for (var detector : Detectors.ALL) {
            assertLinear(detector, unit, "");
            assertLinear(detector, unit, " ".repeat(300) + unit + "'x");
        }
    }

    private static void assertLinear(Detector detector, String unit, String end) {
        var few = each(detector, unit, end, SHORT);
        var many = each(detector, unit, end, LONG);
        assertThat(many).as(detector.id() + " looks at each character").isLessThan(MOST_EACH);
        assertThat(many).as(detector.id() + " at a longer text").isLessThan(few * MOST_GROWTH + 10);
    }

    /** How often the detector looks at each character of a text of this length. */
    private static double each(Detector detector, String unit, String end, int length) {
        var text = new CountedText(unit.repeat(length / unit.length()) + end);
        detector.look(text, Place.QUERY_VALUE);
        return text.looks() / (double) text.length();
    }

    @ParameterizedTest
    @MethodSource({"pumped", "operators"})
    void looksForSignsGrowWithTheLength(String unit) {
        var few = signs(unit, SHORT);
        var many = signs(unit, LONG);

        assertThat(many).as("looks for signs at a longer text").isLessThan(few * MOST_GROWTH + 10);
    }

    private static double signs(String unit, int length) {
        var text = new CountedText(unit.repeat(length / unit.length()));
        Signs.of(text);
        return text.looks() / (double) text.length();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"&", "&a", "&a;", "&a.b-c:", "&b;", "<![CDATA[", "<![CDATA[]]>", "<![CDATA[&", "<![CDATA[]", "]"
            })
    void looksBehindADocumentTypeGrowWithTheLength(String unit) {
        assertThat(resolving(unit, LONG)).isLessThan(resolving(unit, SHORT) * MOST_GROWTH);
        assertThat(resolving(unit, LONG)).as("looks at each character").isLessThan(20);
    }

    private static double resolving(String unit, int length) {
        var body = "<!DOCTYPE s [<!ENTITY a \"http://x.example/\">]><s>" + unit.repeat(length / unit.length()) + "</s>";
        var text = new CountedText(body);
        DocumentType.of(body).resolve(text);
        return text.looks() / (double) text.length();
    }

    @Test
    void aDetectorThatLooksAheadFromEveryCharacterIsFoundOut() {
        var few = each(new Quadratic(), "a", "", SHORT);
        var many = each(new Quadratic(), "a", "", LONG);

        assertThat(many).isGreaterThan(few * MOST_GROWTH + 10);
    }

    /** A planted fault. */
    private static final class Quadratic implements Detector {

        @Override
        public String id() {
            return "quadratic";
        }

        @Override
        public int attractors(Place place) {
            return Traits.LETTER;
        }

        @Override
        public Finding look(Text text, Place place) {
            for (var i = 0; i < text.length(); i++) {
                if (text.at(text.wordEnd(i)) == '!') {
                    return Finding.strong(i);
                }
            }
            return Finding.NONE;
        }
    }
}
