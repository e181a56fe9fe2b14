package dev.portcullis.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that attack nothing, as services get them, and texts that keep detectors busy. A table of data. */
final class AttackTexts {

    /** Texts that attack nothing, by what they are. */
    static final Map<String, String> BENIGN = benign();

    private static final List<String> PIECES = List.of(
            "'",
            "\"",
            "(",
            "((a",
            "<",
            "< a",
            "<b ",
            "${",
            "{{",
            "${${",
            "%25",
            "%252",
            "../",
            "..\\",
            "a' b ",
            "' '",
            "1=1 ",
            "\\u003c",
            "\\u00",
            "&lt;",
            "&#60;",
            "&#",
            "&#x",
            "--",
            "/*",
            "/**/",
            "*/",
            ";",
            "; a",
            "|",
            "$(",
            "`a",
            "a.b(",
            "@",
            "@@a ",
            "#",
            "[[",
            "]]",
            "a:",
            "://",
            "http://",
            "O:1",
            "aced",
            "=(",
            "(&",
            ")(",
            "\n",
            "\n.",
            "\na: b",
            "\u00e4",
            "\uff1c",
            "a=b&",
            "select a from b ",
            "union ",
            "and or ",
            "$where",
            "__proto__ ",
            "QmFz",
            "+a",
            "%00a",
            "<!--",
            "<![CDATA[",
            "<?",
            "on a=",
            "0x41",
            "concat(",
            "x in y ",
            "'a'='b' ",
            "a and 1=",
            "' and ",
            "or not (",
            "case when ",
            "/*!1and ",
            "1a2b3c",
            "9or ",
            "a;b\n",
            "\u2019",
            "\u00c0.",
            "\ufffd",
            ":a:b",
            "\\a\\b",
            "x-y-z ",
            "this.a",
            "db.a.b(",
            "java.lang.",
            "org.a.",
            "a|b ",
            "!!a",
            "?a(",
            "#a(",
            "data:",
            "j a v a",
            "\u200b:",
            "%u0041",
            "%c0%ae",
            "%e",
            "&amp",
            "&amp;lt;",
            "\\\\",
            "\\\"",
            "+",
            "{\"",
            "\t",
            "\f",
            "if do ",
            "drop a ",
            "call a ",
            "; do ",
            "insert into ",
            "update set ",
            "a\r",
            "\u00e4'",
            "sleep ",
            "left (",
            "A1/+",
            "[a](b) ",
            "**a** ",
            "# a\n",
            "/.",
            "./",
            "0x2e",
            "c'a't ",
            "/b?n/",
            "=//a@",
            "\r",
            "\r(",
            "\\r",
            "\\n\\n",
            "=\\\\a",
            "=\\\\@",
            "<%",
            "||",
            "eval(||",
            "|eval(|sleep(",
            "<%[0[0[0:$[[",
            "||1(1!!a(<%\\n",
            "||$(and #aced(%0a",
            "((${(%00[db.(ur&&l(\\nid  =",
            "&node()<%end @@$(%0a!!");

    private AttackTexts() {}

    private static Map<String, String> benign() {
        var all = new LinkedHashMap<String, String>();
        all.put(
                "prose with brackets and an apostrophe",
                "The quick brown fox jumps over the lazy dog (or so they say), and it isn't clear why; ");
        all.put(
                "prose with quotes",
                "\"I don't know,\" she said, \"whether we'll find it there. Let's ask Mr. O'Neil's brother, or wait until"
                        + " it's 7.\" Nobody had called them before; they were used to that. ");
        all.put(
                "plain prose",
                "In the beginning there was a company that sold chairs and tables from a small shop by the river. It"
                        + " did well, and after some years it had more than 200 people who worked for it in 3 towns. ");
        all.put(
                "markdown",
                "## How to begin\n\nFirst install the *tool* with `make install`, then read the [guide](https://docs.example.org/guide"
                        + "#start).\n\n- Set the **name** of the project; it's shown in lists.\n- Choose a `colour` (or"
                        + " none), and\n- run it.\n\n> \"Simple is better than complex.\"\n\n");
        all.put("source code of Java", """
                    /** Finds the order. */
                    public Optional<Order> find(String id) {
                        for (var order : orders) {
                            if (order.id().equals(id) && !order.isClosed()) {
                                return Optional.of(order);
                            }
                        }
                        return Optional.empty();
                    }

                """);
        all.put("source code of JavaScript", """
                // Loads the list of users.
                async function load(page = 1) {
                  const answer = await fetch(`/api/users?page=${page}`);
                  if (!answer.ok) { throw new Error('no answer: ' + answer.status); }
                  return answer.json();
                }

                """);
        all.put(
                "snippets of HTML",
                "<p>Dear <b>customer</b>,</p>\n<p>thank you for your order of 7 May. It is <em>on its way</em> to you, see"
                        + " <a href=\"https://shop.example/orders/7\">your orders</a>.</p>\n<ul><li>1 chair</li><li>2 tables</li></ul>\n");
        all.put(
                "Russian",
                "\u0412 \u043d\u0430\u0447\u0430\u043b\u0435 \u0431\u044b\u043b\u0430 \u043a\u043e\u043c\u043f\u0430\u043d\u0438\u044f, \u043a\u043e\u0442\u043e\u0440\u0430\u044f"
                        + " \u043f\u0440\u043e\u0434\u0430\u0432\u0430\u043b\u0430 \u0441\u0442\u0443\u043b\u044c\u044f \u0438 \u0441\u0442\u043e\u043b\u044b \u0432 \u043c\u0430\u043b\u0435\u043d\u044c\u043a\u043e\u043c"
                        + " \u043c\u0430\u0433\u0430\u0437\u0438\u043d\u0435 \u0443 \u0440\u0435\u043a\u0438. ");
        all.put(
                "Japanese",
                "\u6700\u521d\u306f\u5ddd\u306e\u307b\u3068\u308a\u306e\u5c0f\u3055\u306a\u5e97\u3067\u6905\u5b50\u3068\u673a\u3092"
                        + "\u58f2\u308b\u4f1a\u793e\u3067\u3057\u305f\u3002\u6570\u5e74\u5f8c\u306b\u306f\u4e8c\u767e\u4eba\u304c\u50cd\u3044\u3066\u3044\u307e\u3057\u305f\u3002");
        all.put(
                "German with curly quotes",
                "Er sagte: \u201eDas geht nicht\u201c \u2013 und sie f\u00fcgte hinzu, da\u00df es fr\u00fcher \u00f6fter so gewesen sei; das wei\u00df"
                        + " man\u2019s ja. ");
        all.put("Base64", base64("portcullis ".repeat(3) + "\u0000\u00ff\u0010\u0080 and binary "));
        all.put("addresses", "https://api.example.com/repos/acme/shop/issues/1347/comments?page=2&per_page=100 ");
        return all;
    }

    /** Pieces of text that keep some detector busy without being an attack at the level `low`, by their names. */
    static Map<String, String> worst() {
        var worst = new LinkedHashMap<String, String>();
        for (var piece : PIECES) {
            worst.put("`" + piece + "`", piece);
        }
        return worst;
    }

    /** Bodies in which a text is encoded several times, by their names. */
    static Map<String, byte[]> layered() {
        var bodies = new LinkedHashMap<String, byte[]>();
        for (var piece :
                List.of("a' b ", "(a and b=", "; a ", "x in y or ", "<a b=c>", "{{a}} ", "a.b(c) ", "||$(and #aced(")) {
            var text = piece.repeat(4_000 / piece.length());
            bodies.put("`" + piece + "` in JSON in JSON, twice", json(quoted(quoted(text, 1), 1)));
            bodies.put("`" + piece + "` in JSON in JSON, three times", json(quoted(quoted(quoted(text, 1), 1), 1)));
            bodies.put("`" + piece + "` in percent, three times", json(percent(percent(percent(text)))));
            bodies.put("`" + piece + "` in Base64 in JSON in percent", json(percent(quoted(base64(text), 20))));
            bodies.put(
                    "`" + piece + "` in percent in JSON in JSON", json(quoted(quoted(percent(percent(text)), 1), 1)));
            bodies.put("`" + piece + "` in references in percent in JSON", json(quoted(percent(references(text)), 3)));
        }
        return bodies;
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String percent(String text) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(UTF_8)) {
            var plain = octet >= 'a' && octet <= 'z';
            encoded.append(plain ? String.valueOf((char) octet) : String.format("%%%02x", octet));
        }
        return encoded.toString();
    }

    private static String references(String text) {
        var encoded = new StringBuilder();
        text.chars().forEach(c -> encoded.append("&#").append(c).append(';'));
        return encoded.toString();
    }

    /** An array in JSON of so many times this text. */
    private static String quoted(String text, int times) {
        var one = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        return "[" + (one + ",").repeat(times - 1) + one + "]";
    }

    private static byte[] json(String text) {
        var count = Math.max(1, AttackBenchmark.LENGTH / text.length());
        return ("{\"items\": " + quoted(text, count) + "}").getBytes(UTF_8);
    }
}
