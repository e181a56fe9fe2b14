package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartsTest {

    /** Spring does not know which of two to bind to, takes neither, and calls the keys unknown. */
    @Test
    void haveOneConstructorEach() {
        var parts = new LinkedHashSet<Class<?>>();
        collect(Configuration.class, parts);

        assertThat(parts)
                .hasSizeGreaterThan(20)
                .allSatisfy(part -> assertThat(part.getDeclaredConstructors()).hasSize(1));
    }

    private static void collect(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType parameterized) {
            Stream.of(parameterized.getActualTypeArguments()).forEach(argument -> collect(argument, into));
        } else if (type instanceof Class<?> part && part.isRecord() && into.add(part)) {
            Stream.of(part.getRecordComponents()).forEach(component -> collect(component.getGenericType(), into));
        }
    }
}
