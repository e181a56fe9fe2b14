package dev.portcullis.respond.leak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No body makes the search look more often than some times at a byte, however long the body is. */
class LinearTimeTest {

    private static final int SHORT = 20_000;
    private static final int LONG = 120_000;
    private static final int MOST_EACH = 200;
    private static final double MOST_GROWTH = 1.2;

    private static final List<String> UNITS = List.of(
            "a",
            "4",
            "41",
            "4111 ",
            "4111-",
            "4111 1111 1111 1111 ",
            "\"id\":4",
            " ",
            "\n",
            "\\n",
            "\\t",
            "\"",
            "eyJ",
            "eyJ.",
            "eyJaaaaaaaa.eyJaaaaaaaa ",
            "_",
            "_012345678901.",
            "pcl_012345678901.aaaaaaaa",
            "://",
            "://a:",
            "://a:b",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG",
            "at ",
            "\nat ",
            "\nat a.",
            "\nat a.b(",
            "\nat a.b(A.java:1)",
            "\nFile \"",
            "File ",
            "#0 ",
            "\n#0 a",
            ".php(",
            ".js:1:",
            "ORA-",
            "ORA-00942 ",
            "SQLSTATE[",
            "ERROR: ",
            "AKIA",
            "ghp_",
            "ghp_aaaaaaaaaaaaaaaa-",
            "sk_live_",
            "SG.",
            "AccountKey=",
            "ya29.");

    static List<String> pumped() {
        var all = new ArrayList<>(UNITS);
        for (var i = 0; i + 5 < UNITS.size(); i++) {
            all.add(UNITS.get(i) + UNITS.get(i + 5));
        }
        return all;
    }

    @Test
    void thereIsMuchToPump() {
        assertThat(pumped()).hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @MethodSource("pumped")
    void looksGrowWithTheLength(String unit) {
        var few = each(unit, SHORT);
        var many = each(unit, LONG);

        assertThat(many).as("looks at each byte").isLessThan(MOST_EACH);
        assertThat(many).as("looks at each byte of a longer body").isLessThan(few * MOST_GROWTH + 10);
    }

    private static double each(String unit, int length) {
        var text = new Counted(unit.repeat(length / unit.length()).getBytes(UTF_8));
        Leaks.all(Action.COUNT).build().look(text, new Found(new byte[0], false));
        return text.looks / (double) text.length();
    }

    /** A text that counts how often it is looked at. */
    private static final class Counted extends Text {

        private long looks;

        Counted(byte[] bytes) {
            super(bytes);
        }

        @Override
        int at(int index) {
            looks++;
            return super.at(index);
        }

        @Override
        boolean has(int index, String word) {
            looks++;
            return super.has(index, word);
        }
    }
}
