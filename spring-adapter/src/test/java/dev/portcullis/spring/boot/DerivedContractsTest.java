package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds contracts that are derived against Spring itself: what it takes, they let through. */
class DerivedContractsTest {

    private static final String OPEN = "portcullis: { policies: { all: { paths: [/**], public: true } } }\n";
    private static final String HELD =
            "portcullis: { policies: { all: { paths: [/**], public: true, derive: { mode: enforce } } } }\n";
    private static final String STRICT = "portcullis: { policies: { all: { paths: [/**], public: true, derive: {"
            + " mode: enforce, conversions: deny, unknown-parameters: deny, unknown-properties: deny } } } }\n";

    private static Booted open;
    private static Booted held;
    private static Booted strict;

    @BeforeAll
    static void start() throws IOException {
        open = Booted.with(OPEN, DerivedHandlers.Handlers.class);
        held = Booted.with(HELD, DerivedHandlers.Handlers.class);
        strict = Booted.with(STRICT, DerivedHandlers.Handlers.class);
    }

    @AfterAll
    static void stop() {
        open.close();
        held.close();
        strict.close();
    }

    private static int post(Booted app, String target, String type, String body) throws IOException {
        return app.http().post(target, type, body).status();
    }

    private static final List<String> TEXTS = List.of(
            "",
            "1",
            "0",
            "-1",
            "7",
            "99",
            "100",
            "%201%20",
            "%20",
            "%2B5",
            "0x1F",
            "010",
            "1.5",
            "1e3",
            "NaN",
            "2147483648",
            "99999999999999999999",
            "true",
            "TRUE",
            "yes",
            "off",
            "OPEN",
            "open",
            "%20OPEN",
            "CLOSED",
            "1,2",
            "1,x",
            "OPEN,CLOSED",
            "a",
            "x%20y",
            "2026-01-02",
            "2026-13-02",
            "1/2/26",
            "2026-01-02T03:04:05Z",
            "0191b0a0-7c00-7000-8000-000000000000",
            "1-1-1-1-1",
            "%D9%A1",
            "null",
            "%00",
            "%3Cscript%3E");

    private static final List<String> NAMES = List.of(
            "whole", "page", "flag", "state", "id", "real", "exact", "wide", "day", "any", "instant", "many", "states",
            "text", "unknown");

    @Test
    void letsThroughEveryParameterThatSpringTakes() throws IOException {
        var taken = 0;
        var denied = new ArrayList<String>();
        for (var name : NAMES) {
            for (var text : TEXTS) {
                for (var target : List.of(
                        "/values?" + name + "=" + text,
                        "/values?" + name + "=" + text + "&" + name + "=1",
                        "/needed?whole=1&small=2&state=OPEN&" + name + "=" + text,
                        "/needed?small=2&state=OPEN&" + name + "=" + text)) {
                    if (open.get(target).status() == 200) {
                        taken++;
                        note(denied, target, held.get(target).status());
                    }
                }
            }
        }
        assertThat(denied).isEmpty();
        assertThat(taken).isGreaterThan(300);
    }

    private static void note(List<String> denied, String what, int status) {
        if (status != 200) {
            denied.add(what + " " + status);
        }
    }

    @Test
    void letsThroughEveryHeaderCookieAndPathThatSpringTakes() throws IOException {
        var denied = new ArrayList<String>();
        var taken = 0;
        for (var text : TEXTS) {
            var plain = text.contains("%") ? "\"1\"" : text;
            for (var line : List.of("X-Count: " + plain, "Cookie: size=" + plain, "Cookie: a=b; size=" + text)) {
                if (open.get("/values", line).status() == 200) {
                    taken++;
                    note(denied, line, held.get("/values", line).status());
                }
            }
            for (var target : List.of("/at/" + text + "/1", "/at/0191b0a0-7c00-7000-8000-000000000000/" + text)) {
                if (open.get(target).status() == 200) {
                    taken++;
                    note(denied, target, held.get(target).status());
                }
            }
            var form = "text=a&page=" + text + "&state=OPEN";
            if (post(open, "/search", "application/x-www-form-urlencoded", form) == 200) {
                taken++;
                note(denied, form, post(held, "/search", "application/x-www-form-urlencoded", form));
            }
        }
        assertThat(denied).isEmpty();
        assertThat(taken).isGreaterThan(40);
    }

    @Test
    void deniesWhatNobodyCouldRead() throws IOException {
        assertThat(held.get("/values?whole=x").status()).isEqualTo(400);
        assertThat(held.get("/values?whole=x").text())
                .contains("invalid-parameter")
                .contains("/query/whole");
        assertThat(held.get("/needed?whole=1&small=11&state=OPEN").text()).contains("\"maximum\"");
        assertThat(held.get("/needed?small=1&state=OPEN").text()).contains("\"required\"");
        assertThat(held.get("/values?state=HALF").text()).contains("/query/state");
        assertThat(held.get("/at/1/x").text()).contains("/path/number");
        assertThat(post(held, "/scalars", "application/json", "{\"whole\":\"x\"}"))
                .isEqualTo(400);
        assertThat(post(held, "/scalars", "application/json", "{\"whole\":3000000000}"))
                .isEqualTo(400);
        assertThat(post(held, "/orders", "application/json", "{}")).isEqualTo(400);
        assertThat(post(held, "/search", "application/x-www-form-urlencoded", "page=x"))
                .isEqualTo(400);
    }

    @Test
    void isDeniedByTheGateAndNotBySpring() throws IOException {
        for (var body : List.of(
                "{}",
                "{\"id\":null}",
                "{\"id\":\"0191b0a0-7c00-7000-8000-000000000000\",\"label\":\"abcdef\"}",
                "{\"id\":\"0191b0a0-7c00-7000-8000-000000000000\",\"lines\":[]}",
                "{\"id\":\"0191b0a0-7c00-7000-8000-000000000000\",\"lines\":[{\"item\":\"\",\"qty\":1}]}",
                "{\"id\":\"0191b0a0-7c00-7000-8000-000000000000\",\"lines\":[{\"item\":\"a\",\"qty\":0}]}",
                "{\"id\":\"0191b0a0-7c00-7000-8000-000000000000\",\"reference\":\"ab\"}")) {
            var answer = held.http()
                    .send(
                            "POST /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json"
                                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(answer.text()).as(body).contains("schema-violation");
        }
    }

    @Test
    void convertsAndTakesNothingMoreWhereToldSo() throws IOException {
        assertThat(strict.get("/values?page=1").status()).isEqualTo(200);
        assertThat(strict.get("/values?page=1&page=2").status()).isEqualTo(400);
        assertThat(strict.get("/values?many=1&many=2").status()).isEqualTo(200);
        assertThat(strict.get("/values?other=1").status()).isEqualTo(400);
        assertThat(post(strict, "/scalars", "application/json", "{\"whole\":1}"))
                .isEqualTo(200);
        assertThat(post(strict, "/scalars", "application/json", "{\"whole\":\"1\"}"))
                .isEqualTo(400);
        assertThat(post(strict, "/scalars", "application/json", "{\"admin\":true}"))
                .isEqualTo(400);
        assertThat(post(held, "/scalars", "application/json", "{\"admin\":true}"))
                .isEqualTo(200);
        assertThat(post(strict, "/loose", "application/json", "{\"admin\":true}"))
                .isEqualTo(200);
        assertThat(post(strict, "/payments", "application/json", "{\"payment\":{\"kind\":\"cash\",\"amount\":3}}"))
                .isEqualTo(200);
        assertThat(post(strict, "/payments", "application/json", "{\"payment\":{\"kind\":\"cash\",\"number\":\"3\"}}"))
                .isEqualTo(400);
        assertThat(post(strict, "/search", "application/x-www-form-urlencoded", "text=a&page=1&_text=on"))
                .isEqualTo(200);
        assertThat(post(strict, "/search", "application/x-www-form-urlencoded", "text=a&admin=1"))
                .isEqualTo(400);
    }

    @Test
    void showsWhatItHolds() {
        var contract = held.context().getBean(Portcullis.class).management().contract();

        assertThat(String.valueOf(contract.get("paths")))
                .contains("/at/{id}/{number}", "x-held-by=[all.derived]", "maximum=10")
                .contains("has a format of its own");
    }
}
