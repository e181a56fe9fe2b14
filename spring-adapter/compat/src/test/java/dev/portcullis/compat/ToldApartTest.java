package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Contracts of types that are told apart, of formats and of binders, by the mapper and the Spring of this Boot. */
class ToldApartTest {

    @JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_OBJECT)
    @JsonSubTypes({@Type(value = Wrapped.A.class, name = "a"), @Type(value = Wrapped.B.class, name = "b")})
    sealed interface Wrapped {

        record A(Integer x) implements Wrapped {}

        record B(String y) implements Wrapped {}
    }

    @JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_ARRAY)
    @JsonSubTypes({@Type(value = Paired.A.class, name = "a"), @Type(value = Paired.B.class, name = "b")})
    sealed interface Paired {

        record A(Integer x) implements Paired {}

        record B(String y) implements Paired {}
    }

    @JsonTypeInfo(use = Id.DEDUCTION)
    @JsonSubTypes({@Type(Shaped.A.class), @Type(Shaped.B.class)})
    sealed interface Shaped {

        record A(Integer x) implements Shaped {}

        record B(String y, LocalDate when) implements Shaped {}
    }

    record Whole(Integer x) {}

    record Text(String y) {}

    record All(
            Wrapped wrapped,
            Paired paired,
            Shaped shaped,

            @JsonTypeInfo(use = Id.NAME, include = As.EXTERNAL_PROPERTY, property = "kind")
            @JsonSubTypes({@Type(value = Whole.class, name = "a"), @Type(value = Text.class, name = "b")})
            Object beside,

            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate german,
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Date stamp,
            LocalDateTime local,
            OffsetTime time,
            Period period,
            AtomicInteger counter) {}

    /** An object of a form. */
    static class Sheet {

        private Integer rank;
        private Integer id;

        public Integer getRank() {
            return rank;
        }

        public void setRank(Integer rank) {
            this.rank = rank;
        }

        public Integer getId() {
            return id;
        }

        public void setId(Integer id) {
            this.id = id;
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        @InitBinder("sheet")
        void without(WebDataBinder binder) {
            binder.setDisallowedFields("id");
        }

        @PostMapping("/all")
        String all(@RequestBody All all) {
            return "ok";
        }

        @PostMapping("/sheet")
        String sheet(@ModelAttribute("sheet") Sheet sheet) {
            return "ok";
        }
    }

    private static ConfigurableApplicationContext start(String mode) {
        return SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--portcullis.policies.all.paths[0]=/**",
                "--portcullis.policies.all.public=true",
                "--portcullis.policies.all.derive.mode=" + mode);
    }

    private static String send(ConfigurableApplicationContext context, String path, String type, String body)
            throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "1",
            "1.5",
            "1700000000000",
            "true",
            "''",
            "'a'",
            "'1'",
            "'02.01.2026'",
            "'2026-01-02T03:04:05'",
            "'03:04:05+01:00'",
            "'P1D'",
            "[]",
            "{}",
            "[2026,1,2]",
            "[2026,1,2,3,4]",
            "[3,4,'+01:00']",
            "{'a':{'x':1}}",
            "{'b':{'y':'t','z':1}}",
            "{'c':{}}",
            "{'a':null}",
            "{'a':{},'b':{}}",
            "['a',{'x':1}]",
            "['b',{}]",
            "['a']",
            "['c',{}]",
            "{'x':1}",
            "{'y':'t'}",
            "{'x':1,'y':'t'}",
            "{'y':'t','x':1}",
            "{'when':[2026,1,2]}",
            "{'z':1}",
            "{'x':'q'}");

    private static final List<String> NAMES = List.of(
            "wrapped", "paired", "shaped", "beside", "german", "stamp", "local", "time", "period", "counter", "kind");

    @Test
    void letsThroughWhatTheApplicationTakesAndNothingThatNobodyCouldRead() throws IOException, InterruptedException {
        try (var open = start("off");
                var held = start("enforce")) {
            var denied = new ArrayList<String>();
            var taken = 0;
            for (var name : NAMES) {
                for (var value : VALUES) {
                    for (var kind : name.equals("beside") ? List.of("", "'kind':'a',", "'kind':'b',") : List.of("")) {
                        var body = ("{" + kind + "'" + name + "':" + value + "}").replace('\'', '"');
                        if (send(open, "/all", "application/json", body).startsWith("200")) {
                            taken++;
                            if (!send(held, "/all", "application/json", body).startsWith("200")) {
                                denied.add(body);
                            }
                        }
                    }
                }
            }
            assertThat(denied).isEmpty();
            assertThat(taken).isGreaterThan(80);
            for (var body : List.of(
                    "{'wrapped':{'c':{}}}",
                    "{'wrapped':{'a':{'x':'q'}}}",
                    "{'paired':['a',{'x':'q'}]}",
                    "{'shaped':{'x':'q'}}",
                    "{'german':true}",
                    "{'local':{}}")) {
                assertThat(send(held, "/all", "application/json", body.replace('\'', '"')))
                        .as(body)
                        .contains("schema-violation");
            }
            var form = "application/x-www-form-urlencoded";
            assertThat(send(held, "/sheet", form, "rank=x")).contains("invalid-parameter");
            assertThat(send(held, "/sheet", form, "rank=1&id=x").substring(0, 3))
                    .isEqualTo(send(open, "/sheet", form, "rank=1&id=x").substring(0, 3));
        }
    }
}
