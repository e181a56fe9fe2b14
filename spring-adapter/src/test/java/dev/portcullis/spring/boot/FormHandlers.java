package dev.portcullis.spring.boot;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.springframework.format.annotation.NumberFormat;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An application that takes objects of forms, and objects spread over others. */
final class FormHandlers {

    private FormHandlers() {}

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
