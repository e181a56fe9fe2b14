package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what is derived of types that are told apart, and of members with formats of their own, against Spring itself. */
class DerivedTypesTest {

    private static final String POLICY =
            "portcullis: { policies: { all: { paths: [/**], public: true, derive: { mode: %s } } } }\n";

    private static Booted open;
    private static Booted held;
    private static Booted strict;

    @BeforeAll
    static void start() throws IOException {
        open = Booted.with(POLICY.formatted("off"), ToldHandlers.Handlers.class);
        held = Booted.with(POLICY.formatted("enforce"), ToldHandlers.Handlers.class);
        strict = Booted.with(POLICY.formatted("enforce, unknown-properties: deny"), ToldHandlers.Handlers.class);
    }

    @AfterAll
    static void stop() {
        open.close();
        held.close();
        strict.close();
    }

    private static int post(Booted app, String path, String body) throws IOException {
        return app.http().post(path, "application/json", body).status();
    }

    private static final List<String> TOLD = List.of(
            "null",
            "1",
            "true",
            "\"a\"",
            "\"\"",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "{'a':{'x':1}}",
            "{'a':{'x':'1'}}",
            "{'a':{'x':1,'z':2}}",
            "{'b':{'y':'t'}}",
            "{'b':{}}",
            "{'a':null}",
            "{'c':{}}",
            "{'a':{'x':1},'b':{'y':'t'}}",
            "[{'a':{'x':1}}]",
            "{'a':[]}",
            "['a',{'x':1}]",
            "['b',{'y':null}]",
            "['a']",
            "['a',null]",
            "['c',{}]",
            "['a',{'x':1},1]",
            "[['a',{'x':1}]]",
            "{'x':1}",
            "{'y':'t'}",
            "{'y':1,'when':'2026-01-02'}",
            "{'x':1,'y':'t'}",
            "{'x':1,'z':true}",
            "{'z':1}",
            "{'when':[2026,1,2]}",
            "[{'x':1},{'y':'t'}]",
            "{'@class':'java.lang.Object'}");

    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "1",
            "-1",
            "1.5",
            "2026",
            "1700000000000",
            "true",
            "{}",
            "[]",
            "[1]",
            "['a']",
            "[2026,1]",
            "[2026,1,2]",
            "[2026,1,2,3,4]",
            "[3,4,'+01:00']",
            "[3,4,5,'+01:00']",
            "''",
            "' '",
            "'1'",
            "'a'",
            "'02.01.2026'",
            "'2026-01-02'",
            "'2026-01-02 03:04'",
            "'2026-01-02T03:04:05'",
            "'2026-01-02T03:04:05Z'",
            "'03:04:05+01:00'",
            "'2026-01'",
            "'P1D'",
            "'2026'",
            "'LOW'",
            "'low'",
            "'EUR'",
            "'en-GB'",
            "'https://example.com/a'",
            "'AAEC'",
            "['a','b']",
            "{'a':1}");

    private static final Map<String, List<String>> MEMBERS = Map.of(
            "/told", List.of("wrapped", "wraps", "paired", "shaped", "shapes", "classed"),
            "/formats",
                    List.of(
                            "german",
                            "when",
                            "level",
                            "text",
                            "many",
                            "stamp",
                            "year",
                            "local",
                            "time",
                            "month",
                            "period",
                            "date",
                            "currency",
                            "locale",
                            "uri",
                            "maybe",
                            "counter",
                            "bytes"));

    @Test
    void whatSpringReadsIsLetThrough() throws IOException {
        var wrong = new ArrayList<String>();
        var taken = 0;
        for (var entry : MEMBERS.entrySet()) {
            for (var member : entry.getValue()) {
                for (var value : entry.getKey().equals("/told") ? TOLD : VALUES) {
                    taken += note(entry.getKey(), "{'" + member + "':" + value + "}", wrong);
                }
            }
        }
        for (var value : TOLD) {
            taken += note("/root", value, wrong);
        }
        for (var kind : List.of("'kind':'a',", "'kind':'b',", "'kind':'c',", "")) {
            for (var value : TOLD) {
                taken += note("/beside", "{" + kind + "'value':" + value + "}", wrong);
                taken += note("/beside", "{'value':" + value + "," + kind + "'size':1}", wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(taken).isGreaterThan(250);
    }

    private static int note(String path, String written, List<String> wrong) throws IOException {
        var body = written.replace('\'', '"');
        if (post(open, path, body) != 200) {
            return 0;
        }
        if (post(held, path, body) != 200) {
            wrong.add(path + " " + body);
        }
        return 1;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/root; {'a':{'x':'q'}}",
                "/root; {'c':{}}",
                "/root; {'a':{'x':1},'b':{}}",
                "/told; {'wraps':[{'a':{'x':[]}}]}",
                "/told; {'paired':['c',{}]}",
                "/told; {'paired':['a',{'x':'q'}]}",
                "/told; {'shaped':{'x':'q'}}",
                "/told; {'shaped':7}",
                "/told; {'shaped':{'when':{}}}",
                "/beside; {'size':'q','kind':'a','value':{'x':1}}",
                "/formats; {'german':{}}",
                "/formats; {'german':true}",
                "/formats; {'when':true}",
                "/formats; {'text':{}}",
                "/formats; {'local':{}}",
                "/formats; {'local':true}",
                "/formats; {'period':1}",
                "/formats; {'counter':{}}"
            })
    void whatSpringCannotReadIsDenied(String path, String written) throws IOException {
        var body = written.replace('\'', '"');
        assertThat(post(open, path, body)).isEqualTo(400);
        assertThat(held.http()
                        .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                        .text())
                .contains("schema-violation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/root; {'a':{'x':1}}; 200",
                "/root; {'a':{'x':1,'admin':true}}; 400",
                "/beside; {'kind':'a','value':{'x':1},'size':1}; 200",
                "/beside; {'kind':'a','value':{'x':1},'admin':1}; 400"
            })
    void unknownMembersAreDeniedWhereToldSo(String path, String written, int status) throws IOException {
        assertThat(post(open, path, written.replace('\'', '"'))).isEqualTo(200);
        assertThat(post(strict, path, written.replace('\'', '"'))).isEqualTo(status);
    }
}
