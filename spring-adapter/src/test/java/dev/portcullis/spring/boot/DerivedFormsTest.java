package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what is derived of objects of forms, and of objects spread over others, against Spring itself. */
class DerivedFormsTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String OPEN = "portcullis: { policies: { all: { paths: [/**], public: true } } }\n";
    private static final String HELD =
            "portcullis: { policies: { all: { paths: [/**], public: true, derive: { mode: enforce } } } }\n";

    private static Booted open;
    private static Booted held;

    @BeforeAll
    static void start() throws IOException {
        open = Booted.with(OPEN, FormHandlers.Handlers.class);
        held = Booted.with(HELD, FormHandlers.Handlers.class);
    }

    @AfterAll
    static void stop() {
        open.close();
        held.close();
    }

    private static int post(Booted app, String target, String type, String body) throws IOException {
        return app.http().send(request(target, type, body)).status();
    }

    private static String request(String target, String type, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void demandDenied(String request, String... told) throws IOException {
        assertThat(open.http().send(request).status()).isEqualTo(400);
        var reply = held.http().send(request);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains(told);
    }

    private static final List<String> NAMES = List.of(
            "name",
            "age",
            "trimmed",
            "told",
            "price",
            "home.street",
            "home.number",
            "away.street",
            "away.number",
            "grown.street",
            "_age",
            "!age",
            "home",
            "home.more[0]",
            "home.none",
            "new",
            "others[0].street",
            "others");
    private static final List<String> TEXTS = List.of(
            "", "%20", "a", "ab", "abc", "abcdef", "++ab++", "1", "7", "-3", "99", "1,234.50", "a,b", "x%20y", "on");

    @Test
    void whatSpringBindsIsLetThrough() throws IOException {
        var wrong = new ArrayList<String>();
        var taken = 0;
        for (var path : List.of("/forms/valid", "/forms/plain", "/forms/record", "/forms/unbound")) {
            for (var name : NAMES) {
                for (var text : TEXTS) {
                    var body = name + "=" + text + "&" + (text.length() % 2 == 0 ? "name=ab" : name + "=" + text);
                    if (post(open, path, FORM, body) == 200) {
                        taken++;
                        note(wrong, path + " " + body, post(held, path, FORM, body));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(taken).isGreaterThan(500);
    }

    private static void note(List<String> wrong, String what, int status) {
        if (status != 200) {
            wrong.add(what + " " + status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/forms/valid, name=abcdef, /query/name",
        "/forms/valid, name=ab&age=99, /query/age",
        "/forms/valid, name=ab&home.street=abcdef, /query/home.street",
        "/forms/valid, name=ab&home.number=x, /query/home.number",
        "/forms/valid, name=ab&away.number=x, /query/away.number",
        "/forms/plain, age=x, /query/age",
        "/forms/plain, home.number=x, /query/home.number",
        "/forms/record, name=abcdef, /query/name",
        "/forms/record, name=ab&age=99, /query/age"
    })
    void whatSpringWouldFindWantingIsDenied(String path, String body, String pointer) throws IOException {
        demandDenied(request(path, FORM, body), "invalid-parameter", pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/spread; {\"id\":1,\"home_street\":\"abcdef\",\"home_number\":2,\"street\":\"s\",\"number\":1}",
                "/spread; {\"id\":1,\"home_number\":null,\"unknown\":{\"a\":1},\"home\":{\"number\":\"x\"}}",
                "/spread; {\"home_street\":5,\"number\":\"1\"}",
                "/spread; {}",
                "/overlaid; {\"number\":\"x\",\"street\":\"s\"}",
                "/told; {\"text\":\"  ab  \"}"
            })
    void whatJacksonSpreadsIsLetThrough(String path, String body) throws IOException {
        assertThat(post(open, path, JSON, body)).isEqualTo(200);
        assertThat(post(held, path, JSON, body)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/spread; {\"id\":1,\"home_number\":\"x\"}; /home_number",
                "/spread; {\"id\":1,\"number\":{}}; /number",
                "/overlaid; {\"street\":[]}; /street"
            })
    void whatJacksonCannotSpreadIsDenied(String path, String body, String pointer) throws IOException {
        demandDenied(request(path, JSON, body), "schema-violation", pointer);
    }
}
