package dev.portcullis.spring.boot;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An application of types that are told apart in all ways, and of members with formats of their own. */
final class ToldHandlers {

    private ToldHandlers() {}

    @JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_OBJECT)
    @JsonSubTypes({@Type(value = Wrapped.A.class, name = "a"), @Type(value = Wrapped.B.class, name = "b")})
    sealed interface Wrapped {

        record A(int x) implements Wrapped {}

        record B(String y) implements Wrapped {}
    }

    @JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_ARRAY)
    @JsonSubTypes({@Type(value = Paired.A.class, name = "a"), @Type(value = Paired.B.class, name = "b")})
    sealed interface Paired {

        record A(int x) implements Paired {}

        record B(String y) implements Paired {}
    }

    @JsonTypeInfo(use = Id.DEDUCTION)
    @JsonSubTypes({@Type(Shaped.A.class), @Type(Shaped.B.class)})
    sealed interface Shaped {

        record A(int x) implements Shaped {}

        record B(String y, LocalDate when) implements Shaped {}
    }

    /** One whose class the client names. */
    @JsonTypeInfo(use = Id.CLASS)
    interface Classed {}

    record Whole(int x) {}

    record Text(String y) {}

    /** One told apart beside it. */
    static class Beside {

        @JsonTypeInfo(use = Id.NAME, include = As.EXTERNAL_PROPERTY, property = "kind")
        @JsonSubTypes({@Type(value = Whole.class, name = "a"), @Type(value = Text.class, name = "b")})
        public Object value;

        public int size;
    }

    record All(
            Wrapped wrapped, List<Wrapped> wraps, Paired paired, Shaped shaped, List<Shaped> shapes, Classed classed) {}

    enum Level {
        LOW,
        HIGH
    }

    record Formats(
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate german,
            @JsonFormat(pattern = "yyyy-MM-dd HH:mm") LocalDateTime when,
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Level level,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Long text,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> many,

            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Date stamp,
            @JsonFormat(pattern = "yyyy") Date year,
            LocalDateTime local,
            OffsetTime time,
            YearMonth month,
            Period period,
            Date date,
            Currency currency,
            Locale locale,
            URI uri,
            OptionalInt maybe,
            AtomicInteger counter,
            byte[] bytes) {}

    @RestController
    static class Handlers {

        @PostMapping("/told")
        String told(@RequestBody All all) {
            return "ok";
        }

        @PostMapping("/root")
        String root(@RequestBody Wrapped wrapped) {
            return "ok";
        }

        @PostMapping("/beside")
        String beside(@RequestBody Beside beside) {
            return "ok";
        }

        @PostMapping("/formats")
        String formats(@RequestBody Formats formats) {
            return "ok";
        }
    }
}
