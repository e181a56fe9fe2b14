package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.format.annotation.NumberFormat;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

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
        open = Booted.with(OPEN, Handlers.class);
        held = Booted.with(HELD, Handlers.class);
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

    /** An object of a form. */
    static class Person {

        @NotNull
        @Size(max = 3)
        private String name;

        @Min(0)
        @Max(98)
        private Integer age;

        @Size(max = 3)
        private String trimmed;

        private String told;

        @NumberFormat(style = NumberFormat.Style.NUMBER)
        private Double price;

        @Valid
        private Home home;

        private Home away;
        private Home grown = new Home() {};
        private final List<Home> others = new ArrayList<>();

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public Integer getAge() {
            return age;
        }

        public void setAge(Integer age) {
            this.age = age;
        }

        public String getTrimmed() {
            return trimmed;
        }

        public void setTrimmed(String trimmed) {
            this.trimmed = trimmed == null
                    ? null
                    : trimmed.trim().substring(0, Math.min(2, trimmed.trim().length()));
        }

        @Size(max = 3)
        public String getTold() {
            return told == null ? null : told.trim();
        }

        public void setTold(String told) {
            this.told = told;
        }

        public Double getPrice() {
            return price;
        }

        public void setPrice(Double price) {
            this.price = price;
        }

        public Home getHome() {
            return home;
        }

        public void setHome(Home home) {
            this.home = home;
        }

        public Home getAway() {
            return away;
        }

        public void setAway(Home away) {
            this.away = away;
        }

        public Home getGrown() {
            return grown;
        }

        public void setGrown(Home grown) {
            this.grown = grown;
        }

        public boolean isNew() {
            return name == null;
        }

        public List<Home> getOthers() {
            return others;
        }
    }

    /** An object in another. */
    static class Home {

        @Size(max = 3)
        private String street;

        private int number;
        private List<String> more = new ArrayList<>();

        public String getStreet() {
            return street;
        }

        public void setStreet(String street) {
            this.street = street;
        }

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }

        public List<String> getMore() {
            return more;
        }

        public void setMore(List<String> more) {
            this.more = more;
        }
    }

    record Short(
            @NotNull @Size(max = 3) String name,
            @Max(98) Integer age,
            @Pattern(regexp = "[a-z]*") String trimmed) {

        Short {
            trimmed = trimmed == null ? null : trimmed.replaceAll("[^a-z]", "");
        }
    }

    /** An object over which two others are spread. */
    static class Spread {

        @JsonProperty
        Integer id;

        @JsonUnwrapped(prefix = "home_")
        @JsonProperty
        Home home;

        @JsonUnwrapped
        @JsonProperty
        Home away;
    }

    /** One that has a member of the same name as what is spread over it. */
    static class Overlaid {

        @JsonProperty
        String number;

        @JsonUnwrapped
        @JsonProperty
        Home home;
    }

    /** A member of which the accessor tells less than there is. */
    static class Told {

        private String text;

        @Size(max = 3)
        public String getText() {
            return text == null ? null : text.trim();
        }

        public void setText(String text) {
            this.text = text;
        }
    }

    @RestController
    static class Handlers {

        @PostMapping("/forms/valid")
        String valid(@Valid @ModelAttribute Person person) {
            return "ok";
        }

        @PostMapping("/forms/plain")
        String plain(Person person) {
            return "ok";
        }

        @PostMapping("/forms/record")
        String record(@Valid Short person) {
            return "ok";
        }

        @PostMapping("/forms/unbound")
        String unbound(@ModelAttribute(binding = false) Person person) {
            return "ok";
        }

        @PostMapping("/spread")
        String spread(@RequestBody Spread spread) {
            return "ok";
        }

        @PostMapping("/overlaid")
        String overlaid(@RequestBody Overlaid overlaid) {
            return "ok";
        }

        @PostMapping("/told")
        String told(@Valid @RequestBody Told told) {
            return "ok";
        }
    }
}
