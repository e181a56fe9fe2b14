package dev.portcullis.spring.boot;

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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

/** An application of handlers of all kinds, beside which contracts that are derived from them are held. */
final class DerivedHandlers {

    private DerivedHandlers() {}

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
}
