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
