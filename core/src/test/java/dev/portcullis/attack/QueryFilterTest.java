package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of parameters and members by which somebody orders, selects or becomes what is not for everybody. */
class QueryFilterTest {

    private final Attacks attacks = Attacks.builder().build();
    private final Attacks strict = Attacks.builder().level(Level.STRICT).build();

    private static RecordedWire query(String query) {
        return RecordedWire.of("GET", "/accounts?" + query);
    }

    private static RecordedWire json(String body) {
        return RecordedWire.of("POST", "/accounts")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=password",
                "sort=-password",
                "order=name,password",
                "$orderby=Password",
                "orderBy[password]=asc",
                "fields[accounts]=name,password",
                "a__b__c__d__e__startswith=x"
            })
    void deniesWhoeverOrdersBySecretsOrSelectsThem(String query) {
        assertThat(attacks.check(query(query).view())).isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=name",
                "order=-created,name",
                "fields=access_token,name",
                "fields[accounts]=name",
                "q=password",
                "sort=/password",
                "a__b__c__startswith=x"
            })
    void passesOrdersAndFieldsOfPages(String query) {
        assertThat(attacks.check(query(query).view())).isInstanceOf(Verdict.Pass.class);
        assertThat(strict.check(query(query).view())).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"a\", \"isAdmin\": true}", "{\"user\": {\"is_superuser\": true}}"})
    void takesTheNameOfARankForAHint(String body) {
        assertThat(attacks.check(json(body).view())).isInstanceOf(Verdict.Pass.class);
        assertThat(strict.check(json(body).view())).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void takesTheNameOfARankInAQueryForAHint() {
        assertThat(attacks.check(query("isAdmin=true").view())).isInstanceOf(Verdict.Pass.class);
        assertThat(strict.check(query("isAdmin=true").view())).isInstanceOf(Verdict.Deny.class);
        assertThat(strict.check(query("user[is_admin]=1").view())).isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": {\"$func\": \"phpinfo\"}}", "{\"a\": {\"$type\": 2}}"})
    void deniesOperatorsThatAreAllOfAnObject(String body) {
        assertThat(attacks.check(json(body).view())).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void passesTheTypeOfAnObjectThatIsAName() {
        assertThat(attacks.check(json("{\"a\": {\"$type\": \"account\"}}").view()))
                .isInstanceOf(Verdict.Pass.class);
    }
}
