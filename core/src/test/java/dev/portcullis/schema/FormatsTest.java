package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.Verdict;
import dev.portcullis.fixture.Hostile;
import dev.portcullis.fixture.Seeds;
import dev.portcullis.http.RecordedWire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FormatsTest {

    /** For each format texts that are of it, then texts that are not: a table of data. */
    private static Map<String, List<List<String>>> table() {
        var table = new LinkedHashMap<String, List<List<String>>>();
        table.put(
                "date",
                List.of(List.of("2024-02-29", "0000-01-01"), List.of("2023-02-29", "2024-2-9", "2024-02-29Z", "")));
        table.put(
                "time",
                List.of(
                        List.of("08:30:06Z", "08:30:06.25+01:00", "23:59:60Z", "22:59:60-01:00"),
                        List.of("08:30:06", "24:00:00Z", "08:30:60Z", "08:30:06.Z", "08:30:06+24:00")));
        table.put(
                "date-time",
                List.of(
                        List.of("2026-11-22T08:30:06Z", "1998-12-31T23:59:60Z"),
                        List.of("2026-11-22 08:30:06Z", "2026-11-22T08:30:06", "yesterday")));
        table.put(
                "duration",
                List.of(
                        List.of("P4DT12H30M5S", "P4Y", "PT0S", "P2W", "P1Y2M"),
                        List.of("P", "PT", "P1D2H", "4DT12H", "P1W2D", "P1Y2D", "P-1D", "PT1H2S")));
        table.put(
                "email",
                List.of(
                        List.of("joe@example.com", "\"a b\"@example.com", "a+b@[127.0.0.1]", "a@[IPv6:::1]"),
                        List.of(
                                "joe",
                                "@b",
                                "a@",
                                ".a@b.c",
                                "a..b@c.d",
                                "\u00e4@b.c",
                                "a@b@c d",
                                "a@[1.2.3]",
                                "\"a\"b\"@c.d")));
        table.put(
                "idn-email",
                List.of(List.of("\u00e4@b\u00fccher.example", "joe@example.com"), List.of("\u00e4", "\u00e4@b..c")));
        table.put(
                "hostname",
                List.of(
                        List.of("a", "www.example.com", "xn--bcher-kva.example", "xn--strae-oqa.de"),
                        List.of(
                                "",
                                "a..b",
                                "-a",
                                "a-",
                                "a_b",
                                "xn--a-\u00e4",
                                "xn--f",
                                ".a",
                                "a".repeat(64),
                                "a.".repeat(130) + "a")));
        table.put(
                "idn-hostname",
                List.of(
                        List.of("b\u00fccher.example", "\u4f8b.\u4e2d\u56fd"),
                        List.of("a\u3002\u3002b", "\u302e", "0a.\u05d0")));
        table.put(
                "ipv4",
                List.of(List.of("192.0.2.1"), List.of("192.0.2.256", "192.0.2", "0x7f.1", "192.0.02.1", "::1")));
        table.put(
                "ipv6", List.of(List.of("::1", "::ffff:192.0.2.1"), List.of("1.2.3.4", "12345::", "::1%eth0", ":::")));
        table.put(
                "uri",
                List.of(
                        List.of("http://a.example/b?c=d#e", "urn:a:b", "http://[::1]:80/", "mailto:a@b.c"),
                        List.of(
                                "/a",
                                "http://a b",
                                "http://[::1",
                                "http://a/%zz",
                                ":a",
                                "http://a/\u00e4",
                                "http://a#b#c",
                                "http://a:b/")));
        table.put("uri-reference", List.of(List.of("/a", "", "a/b:c", "//a/b"), List.of("a:b:c d", "1:b", "\\a", "%")));
        table.put("iri", List.of(List.of("http://\u00e4.example/\u00f6"), List.of("/\u00e4", "http://a b")));
        table.put("iri-reference", List.of(List.of("/\u00e4", "#\u00e4"), List.of("\\\u00e4")));
        table.put(
                "uri-template",
                List.of(
                        List.of("/a/{b}{?c,d*,e:3}", "{+a.b}", "'"),
                        List.of("/a/{b", "}", "{}", "{a:0}", "{a b}", "a b")));
        table.put(
                "uuid",
                List.of(
                        List.of("2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
                        List.of("2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g")));
        table.put("json-pointer", List.of(List.of("", "/a~0b/~1"), List.of("a", "/~2", "/~")));
        table.put("relative-json-pointer", List.of(List.of("0", "1/a", "2#"), List.of("", "01", "-1", "1a", "0##")));
        table.put("regex", List.of(List.of("^a$", "(?<=a)b", "(?<n>a)\\k<n>"), List.of("(", "\\a", "(?P<n>a)")));
        table.put("byte", List.of(List.of("", "YWJj", "YQ=="), List.of("YQ", "YQ==\n", "Y_==")));
        return table;
    }

    private static boolean passes(JsonBody check, String json) {
        var wire = RecordedWire.of("POST", "/")
                .with("Content-Type", "application/json")
                .body(json);
        return check.check(wire.with("Transfer-Encoding", "chunked").view()) == Verdict.pass();
    }

    private static JsonBody of(String format) {
        return JsonBody.of(JsonBodyTest.json("{\"format\": \"" + format + "\"}"), 1 << 20);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Test
    void tellsTextsOfAFormatFromOthers() {
        table().forEach((format, texts) -> {
            var check = of(format);
            texts.get(0)
                    .forEach(text -> assertThat(passes(check, quoted(text)))
                            .as(format + " " + text)
                            .isTrue());
            texts.get(1)
                    .forEach(text -> assertThat(passes(check, quoted(text)))
                            .as(format + " " + text)
                            .isFalse());
        });
    }

    @Test
    void hasATableRowForEveryFormatOfTexts() {
        var names = new TreeSet<>(Formats.names());
        names.removeAll(table().keySet());

        assertThat(names).containsExactly("binary", "double", "float", "int32", "int64", "password");
    }

    @Test
    void boundsIntegers() {
        assertThat(passes(of("int32"), "2147483647")).isTrue();
        assertThat(passes(of("int32"), "2147483648")).isFalse();
        assertThat(passes(of("int32"), "1.5")).isFalse();
        assertThat(passes(of("int64"), "-9223372036854775808")).isTrue();
        assertThat(passes(of("int64"), "1e300")).isFalse();
        assertThat(passes(of("int32"), "\"a\"")).isTrue();
    }

    @Test
    void saysNothingOfValuesOfOtherTypes() {
        Formats.names()
                .forEach(format -> assertThat(passes(of(format), "{\"a\": [null, true]}"))
                        .as(format)
                        .isTrue());
    }

    @Test
    void judgesWhateverIsSent() {
        var hostile = new Hostile(Seeds.random(FormatsTest.class));
        for (var format : Formats.names()) {
            var check = of(format);
            for (var i = 0; i < 500; i++) {
                var text = hostile.text(30).replaceAll("[\\ud800-\\udfff]", "");
                assertThat(check.check(RecordedWire.of("POST", "/")
                                .with("Content-Type", "application/json")
                                .with("Transfer-Encoding", "chunked")
                                .body(quoted(text))
                                .view()))
                        .as(format + " " + text)
                        .isNotNull();
            }
        }
    }
}
