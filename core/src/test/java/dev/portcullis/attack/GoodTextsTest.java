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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pipeline\": [{\"$match\": {\"year\": {\"$gte\": 1984}}}, {\"$group\": {\"_id\": \"$kind\", \"n\": {\"$sum\": 1}}}]}",
                "{\"stages\": [{\"$facet\": {\"a\": [{\"$sortByCount\": \"$kind\"}], \"b\": [{\"$count\": \"n\"}]}}]}",
                "[{\"$unwind\": \"$parts\"}, {\"$group\": {\"_id\": \"$parts\", \"all\": {\"$push\": \"$$ROOT\"}}}]",
                "{\"filter\": {\"year\": {\"$gte\": 1984, \"$lt\": 1991}}}",
                "{\"where\": {\"day\": {\"$gt\": \"2024-02-29\"}, \"kind\": {\"$in\": [\"a\", \"b\"]}}}"
            })
    void letsAggregationsAndRangesPass(String body) {
        assertThat(check(body)).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\": [{\"$match\": {\"name\": \"a\"}}]}",
                "{\"user\": [{\"$match\": {\"name\": {\"$gt\": 1}}}, {\"$limit\": 1}]}",
                "{\"pipeline\": [{\"$set\": {\"role\": \"x\"}}]}",
                "{\"pipeline\": [{\"$match\": {\"name\": {\"$nin\": [\"a\"]}}}]}",
                "{\"filter\": {\"day\": {\"$lt\": \"9999-\"}}}",
                "{\"filter\": {\"otp\": {\"$lt\": 1000000}}}",
                "{\"filter\": {\"year\": {\"$lt\": 1e9}}}",
                "{\"pipeline\": [{\"$match\": {\"name\": \"a\"}}, {\"$lookup\": {\"from\": \"users\", \"as\": \"u\"}}]}",
                "{\"pipeline\": [{\"$match\": {\"$where\": \"sleep(1)\"}}, {\"$limit\": 1}]}",
                "{\"pipeline\": [{\"$match\": {\"password\": {\"$gt\": \"a\"}}}, {\"$limit\": 1}]}",
                "{\"pipeline\": [{\"$match\": {\"name\": {\"$ne\": null}}}, {\"$limit\": 1}]}",
                "{\"pipeline\": [{\"$match\": {\"name\": {\"$regex\": \"^a\"}}}, {\"$limit\": 1}]}",
                "{\"filter\": {\"year\": {\"$gt\": 0}}}",
                "{\"filter\": {\"name\": {\"$gt\": \"\"}}}",
                "{\"filter\": {\"name\": {\"$ne\": \"a\"}}}",
                "{\"year\": {\"$gte\": 1984}}"
            })
    void deniesStagesAndOperatorsThatReachFurther(String body) {
        assertThat(check(body)).isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select kind, count(*) from books where year > 1984 and kind in ('a', 'b') group by 1 order by 2 desc limit 10",
                "SELECT $__time(day), sum(pages) FROM reads WHERE $__timeFilter(day) AND reader = '$reader' GROUP BY 1",
                "with late as (select * from loans where due < now() - interval '7 days') select count(*) from late"
            })
    void letsAReportPassWhereTheMemberHoldsSql(String text) {
        assertThat(strict.look(Place.JSON_VALUE, "rawSql", text)).isNull();
        assertThat(strict.look(Place.FORM_VALUE, "sql_query", text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a, b from books where c = 'x' or 1=1",
                "select a, b from books where c = 'x' or c = c",
                "select a from books union select email from admins",
                "select a from books where sleep (5)",
                "with x as (select 1) delete from books where a = 1",
                "select dblink_connect('host=x.example') from books",
                "select a, count(*) from books union select null, version()",
                "select a, count(*) from books where c = 'x' union select 1, 2",
                "select name, upper(password) from users where id = 1",
                "select table_name, count(*) from information_schema.tables group by 1",
                "select count(*), sleep(5) from books where a = 'b'",
                "select count(*) from books where a = 'b'; drop table books",
                "select count(*) from books where a = 'b' -- ",
                "select count(*) from books where a = 'b' or 'c'='c'",
                "1 union select a, b from books where c = 'x'"
            })
    void deniesOtherSqlThere(String text) {
        assertThat(strict.look(Place.JSON_VALUE, "rawSql", text)).isNotNull();
    }

    @Test
    void deniesAReportInAParameter() {
        var text = "select kind, count(*) from books where year > 1984 and kind in ('a', 'b') group by 1";
        assertThat(strict.look(Place.QUERY_VALUE, "sql", text)).isNotNull();
        assertThat(strict.look(Place.JSON_VALUE, "title", text)).isNotNull();
    }

    private final Inspection balanced = new Inspection(Level.BALANCED, Exclusions.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Put it there:</p><pre><code>&lt;script src=\"https://cdn.example/a.js\"&gt;&lt;/script&gt;</code></pre>",
                "<p>So <code>&lt;button type=\"button\" onclick=\"save()\"&gt;</code> saves.</p>",
                "<pre class=\"x\">&lt;body onload=\"begin()\"&gt;\n&lt;script&gt;begin = 1;&lt;/script&gt;\n</pre>",
                "<pre>&lt;iframe src=\"https://player.example/1\"&gt;&lt;/iframe&gt;</pre>"
            })
    void letsCodePassThatAPageShows(String text) {
        assertThat(balanced.look(Place.JSON_VALUE, "content", text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<code>a</code>&lt;script src=\"https://cdn.example/a.js\"&gt;&lt;/script&gt;",
                "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>",
                "<code>&lt;b&gt;<script src=\"https://cdn.example/a.js\"></script></code>",
                "<code>&lt;b&gt;<a href=\"javascript&colon;go()\">x</a></code>",
                "<code>&lt;b&gt;<body on&#108;oad=\"go()\"></code>",
                "<code>&lt;/code&gt;&lt;script src=\"https://cdn.example/a.js\"&gt;&lt;/script&gt;</code>",
                "&lt;code&gt;&lt;script src=\"https://cdn.example/a.js\"&gt;&lt;/script&gt;&lt;/code&gt;",
                "<code>&lt;b&gt;%3Cscript src=\"https://cdn.example/a.js\"%3E%3C/script%3E</code>",
                "<code>&lt;b&gt;&#60;script src=\"https://cdn.example/a.js\"></code>",
                "<code>&lt;script src=\"https://cdn.example/a.js\"&gt;&lt;/script&gt;",
                "<code>&lt;b&gt;<img src=x onerror=\"save()\"></code>"
            })
    void deniesWhatAPageMayRunBesideIt(String text) {
        assertThat(balanced.look(Place.JSON_VALUE, "content", text)).isNotNull();
    }
}
