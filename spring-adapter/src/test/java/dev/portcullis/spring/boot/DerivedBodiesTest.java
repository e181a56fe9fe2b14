package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds what is derived of bodies against Spring itself: what it takes is let through. */
class DerivedBodiesTest {

    private static final String OPEN = "portcullis: { policies: { all: { paths: [/**], public: true } } }\n";
    private static final String HELD =
            "portcullis: { policies: { all: { paths: [/**], public: true, derive: { mode: enforce } } } }\n";
    private static Booted open;
    private static Booted held;

    @BeforeAll
    static void start() throws IOException {
        open = Booted.with(OPEN, DerivedHandlers.Handlers.class);
        held = Booted.with(HELD, DerivedHandlers.Handlers.class);
    }

    @AfterAll
    static void stop() {
        open.close();
        held.close();
    }

    private static int post(Booted app, String target, String type, String body) throws IOException {
        return app.http().post(target, type, body).status();
    }

    private static void note(List<String> denied, String what, int status) {
        if (status != 200) {
            denied.add(what + " " + status);
        }
    }

    private static final List<String> VALUES = List.of(
            "null",
            "1",
            "0",
            "-1",
            "300",
            "200",
            "40000",
            "3000000000",
            "1e3",
            "1.5",
            "1.0",
            "true",
            "false",
            "\"\"",
            "\" \"",
            "\"1\"",
            "\" 1 \"",
            "\"1.5\"",
            "\"NaN\"",
            "\"true\"",
            "\"True\"",
            "\"a\"",
            "\"OPEN\"",
            "\"open\"",
            "\"r\"",
            "\"RED\"",
            "\"a-1\"",
            "\"A\"",
            "\"abcdef\"",
            "\"AB-12\"",
            "\"AB-12x\"",
            "\"  a  \"",
            "\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\"",
            "\"2026-01-02\"",
            "\"2026-01-02T03:04\"",
            "\"2026-01-02T03:04:05\"",
            "\"2026-01-02T03:04:05Z\"",
            "\"2026-01-02T03:04:05+01:00[Europe/Berlin]\"",
            "\"03:04\"",
            "\"02.01.2026\"",
            "\"PT5M\"",
            "\"0191b0a0-7c00-7000-8000-000000000000\"",
            "\"AAAAAAAAAAAAAAAAAAAAAA==\"",
            "[]",
            "[1]",
            "[\"OPEN\"]",
            "[\"OPEN\",\"OPEN\"]",
            "[2026,1,2]",
            "[2026,1,2,3,4]",
            "[{}]",
            "[null]",
            "[{\"item\":\"lamp\",\"qty\":1}]",
            "[{\"item\":\"lamp\",\"qty\":\"2\",\"note\":\"n\",\"more\":1}]",
            "[{\"item\":\" \",\"qty\":1}]",
            "[{\"item\":\"lamp\",\"qty\":0}]",
            "{}",
            "{\"a\":1}",
            "{\"item\":\"lamp\",\"qty\":1}",
            "{\"a\":{\"item\":\"lamp\",\"qty\":1}}",
            "{\"kind\":\"card\",\"number\":\"1\"}",
            "{\"number\":\"1\",\"kind\":\"card\",\"x\":1}",
            "{\"kind\":\"card\"}",
            "{\"kind\":\"cash\",\"amount\":\"3\"}",
            "{\"kind\":\"gold\"}",
            "{\"number\":\"1\"}",
            "{\"id\":\"0191b0a0-7c00-7000-8000-000000000000\"}");

    private static final Map<String, List<String>> MEMBERS = Map.ofEntries(
            Map.entry(
                    "/scalars",
                    List.of(
                            "whole", "boxed", "wide", "real", "exact", "flag", "text", "letter", "small", "id", "state",
                            "colour", "code", "made", "unknown")),
            Map.entry("/times", List.of("date", "when", "time", "instant", "offset", "length", "german")),
            Map.entry("/orders", List.of("id", "lines", "byName", "states", "label", "reference", "parent", "unknown")),
            Map.entry("/unvalidated", List.of("id", "lines", "label", "reference", "parent")),
            Map.entry("/stripped", List.of("text", "kept")),
            Map.entry("/snake", List.of("first_name", "firstName", "order_count")),
            Map.entry("/payments", List.of("payment")),
            Map.entry("/bean", List.of("name", "size", "admin", "kept", "twice", "unknown")),
            Map.entry("/loose", List.of("anything")),
            Map.entry("/page", List.of("items", "number")));

    @Test
    void letsThroughEveryBodyThatSpringTakes() throws IOException {
        var denied = new ArrayList<String>();
        var taken = 0;
        for (var entry : MEMBERS.entrySet()) {
            for (var name : entry.getValue()) {
                for (var value : VALUES) {
                    for (var body : bodies(entry.getKey(), name, value)) {
                        if (post(open, entry.getKey(), "application/json", body) == 200) {
                            taken++;
                            note(
                                    denied,
                                    entry.getKey() + " " + body,
                                    post(held, entry.getKey(), "application/json", body));
                        }
                    }
                }
            }
        }
        for (var target : List.of("/text", "/list", "/plain", "/page", "/scalars", "/orders", "/bean")) {
            for (var value : VALUES) {
                if (post(open, target, "application/json", value) == 200) {
                    taken++;
                    note(denied, target + " " + value, post(held, target, "application/json", value));
                }
            }
        }
        assertThat(denied).isEmpty();
        assertThat(taken).isGreaterThan(700);
    }

    private static List<String> bodies(String target, String name, String value) {
        var id = "\"id\":\"0191b0a0-7c00-7000-8000-000000000000\"";
        var member = "\"" + name + "\":" + value;
        return target.equals("/orders") && !name.equals("id")
                ? List.of("{" + id + "," + member + "}", "{" + id + ",\"parent\":{" + id + "," + member + "}}")
                : target.equals("/snake") && !name.equals("first_name")
                        ? List.of("{\"first_name\":\"a\"," + member + "}")
                        : List.of("{" + member + "}");
    }
}
