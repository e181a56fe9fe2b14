package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
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
    void anExcludedParameterIsNotLookedAtByThatDetector() {
        var excluding = Attacks.builder().exclude("sql-injection", "q").build();

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
        var builder = Attacks.builder();

        assertThatThrownBy(() -> builder.exclude("sqli", "q"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("detector: `sqli` (expected: one of [");
    }
}
