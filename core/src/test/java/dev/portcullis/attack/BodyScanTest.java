package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of bodies, and which are denied unread. */
class BodyScanTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Attacks attacks = Attacks.builder().build();

    private static RecordedWire post(String type, String body) {
        return RecordedWire.of("POST", "/orders")
                .with("Content-Type", type)
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    private Verdict.Deny denial(RecordedWire wire) {
        var verdict = attacks.check(wire.view());
        assertThat(verdict).isInstanceOf(Verdict.Deny.class);
        return (Verdict.Deny) verdict;
    }

    /** An array in JSON that holds the text so many times. */
    private static String quoted(String text, int times) {
        var one = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return "[" + (one + ",").repeat(times - 1) + one + "]";
    }

    @Test
    void looksThroughSomeEncodingsInOneAnotherAndDeniesMore() {
        var few = quoted(quoted(quoted("a plain text, %41gain; ".repeat(20), 50), 1), 1);
        var many = quoted(quoted(quoted("a plain text, %25252541gain; ".repeat(200), 50), 1), 1);

        assertThat(attacks.check(post("application/json", few).view())).isInstanceOf(Verdict.Pass.class);
        assertThat(denial(post("application/json", many)).evidence().reason()).isEqualTo("layers");
    }

    @Test
    void looksThroughJsonInJsonOfAnyLength() {
        var text = "a plain text that goes on and on ".repeat(9_000);

        var body = quoted(quoted(quoted(quoted(text, 1), 1), 1), 1);

        assertThat(attacks.check(post("application/json", body).view())).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void deniesAnAttackInAForm() {
        assertThat(denial(post(FORM, "id=1&file=..%2F..%2Fetc%2Fpasswd"))
                        .evidence()
                        .detail())
                .startsWith("form parameter `file`");
    }

    @Test
    void deniesAnAttackInJson() {
        assertThat(denial(post("application/json", "{\"a\": {\"q\": [1, \"1' or '1'='1\"]}}"))
                        .evidence()
                        .detail())
                .startsWith("JSON member `q`");
    }

    @Test
    void deniesALongerBodyThanItReads() {
        var small = Attacks.builder().maxBytes(10).build();

        var verdict = small.check(post(FORM, "comment=longer").view());

        assertThat(((Verdict.Deny) verdict).reply().status()).isEqualTo(413);
    }

    @Test
    void doesNotReadOtherMediaTypes() {
        assertThat(attacks.check(
                        post("application/octet-stream", "1' or '1'='1").view()))
                .isSameAs(Verdict.pass());
    }

    @Test
    void readsTextAsAValue() {
        for (var type : List.of("text/plain", "text/plain; charset=UTF-8", "application/yaml", "text/x-yaml")) {
            assertThat(denial(post(type, "1' or '1'='1")).reply().code()).isEqualTo("attack-detected");
        }
        assertThat(attacks.check(post("text/plain", "Dear all,\nsee you at 5.").view()))
                .isSameAs(Verdict.pass());
    }

    @Test
    void deniesInclusionsInXml() {
        assertThat(denial(post(
                                "application/xml",
                                "<a xmlns:b='http://www.w3.org/2001/XInclude'><b:include href='x.xml'/></a>"))
                        .reply()
                        .code())
                .isEqualTo("attack-detected");
    }

    @Test
    void deniesJsonThatCannotBeRead() {
        assertThat(denial(post("application/json", "{\"a\": 1, \"a\": 2}")).reply())
                .isEqualTo(Reply.problem(400, "malformed-body"));
    }

    @Test
    void readsJsonUnderEveryNameOfIts() {
        for (var type : List.of("application/merge-patch+json", "text/json", "APPLICATION/JSON; charset=UTF-8")) {
            assertThat(denial(post(type, "[\"1' or '1'='1\"]")).reply().code()).isEqualTo("attack-detected");
        }
    }

    @Test
    void deniesACharsetInWhichAnAttackCouldHide() {
        assertThat(denial(post(FORM + "; charset=ibm037", "a=b")).reply().status())
                .isEqualTo(415);
        assertThat(denial(post(FORM + "; charset=utf-16", "a=b")).reply().status())
                .isEqualTo(415);
        assertThat(attacks.check(post(FORM + "; charset=ISO-8859-1", "a=b").view()))
                .isSameAs(Verdict.pass());
    }

    @Test
    void deniesAnEncodedBodyThatItIsMeantToRead() {
        var deny = denial(post("application/json", "{}").with("Content-Encoding", "gzip"));

        assertThat(deny.reply().status()).isEqualTo(415);
        assertThat(deny.reply().headers()).contains(new Header("Accept-Encoding", "identity"));
    }

    @Test
    void deniesABodyOfAnUnreadableMediaType() {
        assertThat(denial(post("application/json;;=", "{}")).reply().status()).isEqualTo(415);
    }

    @Test
    void deniesAnAttackInTheTextAndTheAttributesOfXml() {
        var text = denial(post("application/xml", "<order><note>1' or '1'='1</note></order>"));
        var attribute = denial(post("application/soap+xml", "<a:order b:file='../../../etc/passwd'/>"));

        assertThat(text.evidence().detail()).startsWith("XML element or attribute `note`");
        assertThat(attribute.evidence().reason()).isEqualTo("path-traversal");
    }

    @Test
    void deniesADocumentTypeInXmlAndLooksNothingUp() {
        var external = "<!DOCTYPE a [<!ENTITY b SYSTEM 'http://127.0.0.1:1/x'>]><a>&b;</a>";
        var bomb = "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>";

        assertThat(denial(post("text/xml", external)).evidence().reason()).isEqualTo("xml-entity");
        assertThat(denial(post("text/xml", bomb)).evidence().reason()).isEqualTo("xml-entity");
        assertThat(denial(post("text/xml", "<?xml version='1.0'?>\n<!-- > --><!DOCTYPE a [<!ENTITY"))
                        .evidence()
                        .reason())
                .isEqualTo("xml-entity");
    }

    @Test
    void readsXmlBehindADocumentTypeThatCanDoNothing() {
        var type = "<?xml version='1.0'?><!-- a <!DOCTYPE --><!DOCTYPE svg [<!ENTITY n 'http://example.org/n'>]>";

        assertThat(attacks.check(post("image/svg+xml", type + "<svg xmlns:n='&n;'><t>e</t></svg>")
                        .view()))
                .isInstanceOf(Verdict.Pass.class);
        assertThat(denial(post("image/svg+xml", type + "<svg><t>1' or '1'='1</t></svg>"))
                        .evidence()
                        .reason())
                .isEqualTo("sql-injection");
        assertThat(denial(post("image/svg+xml", type + "<svg>&other;</svg>"))
                        .reply()
                        .status())
                .isIn(400, 403);
        assertThat(denial(post("image/svg+xml", type + type + "<svg/>")).reply().status())
                .isIn(400, 403);
    }

    @Test
    void deniesXmlThatCannotBeRead() {
        assertThat(denial(post("application/xml", "<a><b></a>")).reply().status())
                .isEqualTo(400);
        assertThat(denial(post("application/xml", "<a>".repeat(65) + "</a>".repeat(65)))
                        .reply()
                        .code())
                .isEqualTo("malformed-body");
        assertThat(denial(post("application/xml", "\u0000<\u0000a")).reply().code())
                .isEqualTo("malformed-body");
        assertThat(denial(post("application/xml", "<?xml version='1.0' encoding='UTF-16'?><a/>"))
                        .reply()
                        .code())
                .isEqualTo("malformed-body");
    }

    @Test
    void xmlWithBrokenBytesIsDeniedWithNothingPrinted() {
        var printed = new java.io.ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new java.io.PrintStream(printed, true, UTF_8));
        try {
            var wire = RecordedWire.of("POST", "/orders")
                    .with("Content-Type", "application/xml")
                    .with("Content-Length", "9")
                    .body(new byte[] {'<', 'a', '>', (byte) 0xff, (byte) 0xfe, '<', '/', 'a', '>'});
            assertThat(denial(wire).reply().code()).isEqualTo("malformed-body");
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(UTF_8)).doesNotContain("Fatal Error");
    }

    @Test
    void passesPlainXml() {
        var request = post("application/xml", "<order id=\"7\"><note>O'Reilly &amp; sons &lt;3</note></order>");

        assertThat(attacks.check(request.view())).isSameAs(Verdict.pass());
    }

    @Test
    void deniesAPrototypeThatJsonHidesInTwoMembers() {
        assertThat(denial(post("application/json", "{\"constructor\": {\"prototype\": {\"admin\": true}}}"))
                        .evidence()
                        .reason())
                .isEqualTo("prototype-pollution");
        assertThat(attacks.check(post("application/json", "{\"constructor\": \"Ferrari\"}")
                        .view()))
                .isSameAs(Verdict.pass());
    }

    private static RecordedWire multipart(String body) {
        return RecordedWire.of("POST", "/posts")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .body(body.replace("\n", "\r\n"));
    }

    @Test
    void readsFieldsAndFileNamesOfMultipartFormsUnlessItIsTold() {
        var field = "--b\nContent-Disposition: form-data; name=\"q\"\n\n1' or '1'='1\n--b--\n";
        var file =
                "--b\nContent-Disposition: form-data; name=\"f\"; filename=\"<script>alert(1)<script>.png\"\n\nx\n--b--\n";
        var good = "--b\nContent-Disposition: form-data; name=\"q\"\n\nblue shoes\n--b\n"
                + "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\n\n1' or '1'='1\n--b--\n";
        var blind = Attacks.builder().multipart(FormParts.UNREAD).build();
        var reading = Attacks.builder().multipart(FormParts.DEMANDED).build();

        assertThat(blind.check(multipart(field).view())).isSameAs(Verdict.pass());
        for (var check : List.of(attacks, reading)) {
            assertThat(check.check(multipart(field).view())).isInstanceOf(Verdict.Deny.class);
            assertThat(check.check(multipart(file).view())).isInstanceOf(Verdict.Deny.class);
            assertThat(check.check(multipart(good).view())).isSameAs(Verdict.pass());
        }
    }

    @Test
    void takesNoPartsThatItCannotRead() {
        var good = "--b\r\nContent-Disposition: form-data; name=\"q\"\r\nTYPE\r\nblue shoes\r\n--b--\r\n";
        for (var type : List.of(
                "multipart/mixed; boundary=b",
                "Multipart/Related; boundary=b",
                "multipart/form-data; boundary=b; charset=ibm037",
                "multipart/form-data; charset=UTF-16; boundary=b")) {
            assertThat(denial(post(type, good.replace("TYPE", ""))).reply().status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(denial(multipart("").body(good.replace("TYPE", "Content-Type: text/plain; charset=ibm037\r\n")))
                        .reply()
                        .status())
                .isEqualTo(415);
        assertThat(attacks.check(multipart("")
                        .body(good.replace("TYPE", "Content-Type: text/plain; charset=utf-8\r\n"))
                        .view()))
                .isSameAs(Verdict.pass());
    }

    @Test
    void boundsTheFieldsOfMultipartForms() {
        var longer = "--b\nContent-Disposition: form-data; name=\"q\"\n\n" + "a".repeat(200) + "\n--b--\n";
        var reading = Attacks.builder().maxBytes(100).build();

        assertThat(((Verdict.Deny) reading.check(multipart(longer).view()))
                        .reply()
                        .status())
                .isEqualTo(413);
    }

    @Test
    void readsJsonThatIsWrittenInAValue() {
        var nested = RecordedWire.of("POST", "/x")
                .with("Content-Type", "application/json")
                .body("{\"payload\": \"{\\\"a\\\": [{\\\"file\\\": \\\"/etc/passwd\\\"}]}\"}");
        var query = RecordedWire.of("GET", "/x?filter=%7B%22name%22%3A%7B%22%24ne%22%3Anull%7D%7D");

        assertThat(attacks.check(nested.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(attacks.check(query.view())).isInstanceOf(Verdict.Deny.class);
    }
}
