package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Holds contracts that are derived against Spring itself: what it takes, they let through. */
class DerivedContractsTest {

    private static final String OPEN = "portcullis: { policies: { all: { paths: [/**], public: true } } }\n";
    private static final String HELD =
            "portcullis: { policies: { all: { paths: [/**], public: true, derive: { mode: enforce } } } }\n";
    private static final String STRICT = "portcullis: { policies: { all: { paths: [/**], public: true, derive: {"
            + " mode: enforce, conversions: deny, unknown-parameters: deny, unknown-properties: deny } } } }\n";

    enum State {
        OPEN,
        CLOSED
    }

    enum Colour {
        @JsonProperty("r")
        RED,
        GREEN
    }

    enum Code {
        A("a-1"),
        B("b-2");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    enum Made {
        X;

        @JsonCreator
        static Made of(String any) {
            return X;
        }
    }

    record Line(
            @NotBlank String item,
            @Min(1) @Max(99) int qty,
            @JsonAlias("note") Optional<String> remark) {}

    record Scalars(
            int whole,
            Integer boxed,
            long wide,
            double real,
            BigDecimal exact,
            boolean flag,
            String text,
            char letter,
            byte small,
            UUID id,
            State state,
            Colour colour,
            Code code,
            Made made) {}

    record Times(
            LocalDate date,
            LocalDateTime when,
            LocalTime time,
            Instant instant,
            OffsetDateTime offset,
            Duration length,
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate german) {}

    record Order(
            @NotNull UUID id,
            @Valid @Size(min = 1, max = 3) List<Line> lines,
            Map<String, Line> byName,
            Set<State> states,
            @Size(max = 5) String label,
            @Pattern(regexp = "[A-Z]{2}-[0-9]+") String reference,
            Order parent) {}

    record Stripped(@Size(max = 3) String text, @NotNull String kept) {

        Stripped {
            text = text == null ? "" : text.strip();
            kept = kept == null ? "x" : kept;
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Snake(@NotBlank String firstName, @Positive Long orderCount) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Cash.class, name = "cash")
    })
    sealed interface Payment permits Card, Cash {}

    record Card(@NotBlank String number) implements Payment {}

    record Cash(int amount) implements Payment {}

    record Paid(Payment payment) {}

    static class Bean {

        private String name = "default";
        private int size;

        @JsonIgnore
        public boolean admin;

        @NotNull
        public String kept = "kept";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public void setSize(int size) {
            this.size = size;
        }

        public int twice() {
            return 2 * size;
        }
    }

    static class Loose {

        private final Map<String, Object> all = new LinkedHashMap<>();

        @JsonAnySetter
        void put(String name, Object value) {
            all.put(name, value);
        }
    }

    static class Text {

        private final String value;

        @JsonCreator
        Text(String value) {
            this.value = value;
        }

        int length() {
            return value.length();
        }
    }

    record Page<T>(List<T> items, int number) {}

    record Search(String text, Integer page, State state) {}

    @RestController
    static class Handlers {

        @GetMapping("/values")
        String values(
                @RequestParam(required = false) Integer whole,
                @RequestParam(defaultValue = "1") int page,
                @RequestParam(required = false) Boolean flag,
                @RequestParam(required = false) State state,
                @RequestParam(required = false) UUID id,
                @RequestParam(required = false) Double real,
                @RequestParam(required = false) BigDecimal exact,
                @RequestParam Optional<Long> wide,
                @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
                @RequestParam(required = false) LocalDate any,
                @RequestParam(required = false) Instant instant,
                @RequestParam(required = false) List<Integer> many,
                @RequestParam(required = false) State[] states,
                @RequestParam(required = false) String text,
                @RequestHeader(name = "X-Count", required = false) Integer count,
                @CookieValue(name = "size", required = false) Integer size) {
            return "ok";
        }

        @GetMapping("/needed")
        String needed(@RequestParam int whole, @RequestParam @Max(10) @Min(-5) int small, @RequestParam State state) {
            return "ok";
        }

        @GetMapping("/at/{id}/{number}")
        String at(@PathVariable UUID id, @PathVariable long number) {
            return "ok";
        }

        @PostMapping("/search")
        String search(@ModelAttribute Search search) {
            return "ok";
        }

        @PostMapping("/scalars")
        String scalars(@RequestBody Scalars body) {
            return "ok";
        }

        @PostMapping("/times")
        String times(@RequestBody Times body) {
            return "ok";
        }

        @PostMapping("/orders")
        String orders(@RequestBody @Valid Order body) {
            return "ok";
        }

        @PostMapping("/unvalidated")
        String unvalidated(@RequestBody Order body) {
            return "ok";
        }

        @PostMapping("/stripped")
        String stripped(@RequestBody @Valid Stripped body) {
            return "ok";
        }

        @PostMapping("/snake")
        String snake(@RequestBody @Valid Snake body) {
            return "ok";
        }

        @PostMapping("/payments")
        String payments(@RequestBody @Valid Paid body) {
            return "ok";
        }

        @PostMapping("/bean")
        String bean(@RequestBody @Valid Bean body) {
            return "ok";
        }

        @PostMapping("/loose")
        String loose(@RequestBody Loose body) {
            return "ok";
        }

        @PostMapping("/text")
        String text(@RequestBody Text body) {
            return "ok";
        }

        @PostMapping("/page")
        String page(@RequestBody(required = false) Page<Line> body) {
            return "ok";
        }

        @PostMapping("/list")
        String list(@RequestBody List<@Valid Line> body) {
            return "ok";
        }

        @PostMapping("/plain")
        String plain(@RequestBody String body) {
            return "ok";
        }
    }

    private static Booted open;
    private static Booted held;
    private static Booted strict;

    @BeforeAll
    static void start() throws IOException {
        open = Booted.with(OPEN, Handlers.class);
        held = Booted.with(HELD, Handlers.class);
        strict = Booted.with(STRICT, Handlers.class);
    }

    @AfterAll
    static void stop() {
        open.close();
        held.close();
        strict.close();
    }

    private static int post(Booted app, String target, String type, String body) throws IOException {
        return app.http()
                .send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .status();
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
                .contains("is read in a way of its own");
    }
}
