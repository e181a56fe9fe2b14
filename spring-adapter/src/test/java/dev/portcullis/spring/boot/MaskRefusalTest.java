package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.portcullis.spring.Masked;
import dev.portcullis.spring.Public;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Masks that would mask nothing, with which an application does not start. */
class MaskRefusalTest {

    record Ignored(@JsonIgnore @Masked String a, String b) {}

    @RestController
    static class IgnoredPages {

        @GetMapping("/ignored")
        @Public
        List<Ignored> ignored() {
            return List.of();
        }
    }

    record Valued(@JsonValue @Masked String a) {}

    @RestController
    static class ValuedPages {

        @GetMapping("/valued")
        @Public
        Map<String, Valued> valued() {
            return Map.of();
        }
    }

    @RestController
    static class CardPages {

        @GetMapping("/card")
        @Public
        Card card() {
            return new Card("1", "2");
        }
    }

    /** Writes anything as text. */
    static final class Texts extends AbstractHttpMessageConverter<Object> {

        Texts() {
            super(MediaType.TEXT_PLAIN);
        }

        @Override
        protected boolean supports(Class<?> type) {
            return !type.getName().startsWith("java.");
        }

        @Override
        protected Object readInternal(Class<?> type, HttpInputMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void writeInternal(Object value, HttpOutputMessage message) throws IOException {
            message.getBody().write(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What a framework wraps around what handlers return. */
    record Model<T>(@JsonUnwrapped T content, List<Model<T>> links) {}

    /** Writes models by a mapper of its own, as that of Spring HATEOAS does. */
    static final class Models extends MappingJackson2HttpMessageConverter {

        @Override
        public boolean canWrite(Class<?> type, @Nullable MediaType media) {
            return Model.class.isAssignableFrom(type);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ModelWriter {

        @Bean
        HttpMessageConverter<Object> models() {
            return new Models();
        }
    }

    @RestController
    static class ModelPages {

        @GetMapping("/model")
        @Public
        ResponseEntity<Model<Card>> model() {
            return ResponseEntity.ok(new Model<>(new Card("1", "2"), List.of()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherWriter {

        @Bean
        HttpMessageConverter<Object> texts() {
            return new Texts();
        }
    }

    @Test
    void refusesToStartWithAMaskThatMasksNothing() {
        assertThatThrownBy(() -> Booted.with("portcullis: {}", IgnoredPages.class))
                .hasMessage(Ignored.class.getName() + ".a: is `@Masked`, but would be written without a mask");
        assertThatThrownBy(() -> Booted.with("portcullis: {}", ValuedPages.class))
                .hasMessage(Valued.class.getName() + ".a: is `@Masked`, but would be written without a mask");
        assertThatThrownBy(() -> Booted.with("portcullis: {}", ModelPages.class, ModelWriter.class))
                .hasMessage(Card.class.getName() + ".number: is `@Masked`, but would be written without a mask");
        assertThatThrownBy(() -> Booted.with("portcullis: {}", CardPages.class, OtherWriter.class))
                .hasMessage(Card.class.getName() + ".number: is `@Masked`, but would be written without a mask");
    }
}
