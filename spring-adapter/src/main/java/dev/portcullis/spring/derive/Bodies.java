package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.schema.Signature;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the mapper that reads a body, and what it reads. Immutable. */
final class Bodies {

    private static final List<MediaType> OTHERS = List.of(
            MediaType.TEXT_PLAIN,
            MediaType.APPLICATION_XML,
            MediaType.APPLICATION_OCTET_STREAM,
            MediaType.APPLICATION_FORM_URLENCODED,
            MediaType.MULTIPART_FORM_DATA,
            MediaType.parseMediaType("application/yaml"),
            MediaType.parseMediaType("application/cbor"),
            MediaType.parseMediaType("application/x-jackson-smile"),
            MediaType.parseMediaType("application/x-protobuf"));

    private static final boolean HAS_JACKSON_3 =
            ClassUtils.isPresent("tools.jackson.databind.ObjectMapper", Bodies.class.getClassLoader());

    private final List<HttpMessageConverter<?>> converters;
    private final Demands demands;

    Bodies(List<HttpMessageConverter<?>> converters, Demands demands) {
        this.converters = List.copyOf(converters);
        this.demands = demands;
    }

    /** What is read as the parameter; null when it is not read as JSON, or in a way of its own. */
    Signature.@Nullable Input of(
            MethodParameter parameter, boolean required, BodySchemas.Asked asked, Consumer<String> open) {
        var nested = parameter.nestedIfOptional();
        var type =
                GenericTypeResolver.resolveType(nested.getNestedGenericParameterType(), parameter.getContainingClass());
        var converter = reading(type, parameter.getContainingClass(), MediaType.APPLICATION_JSON);
        var mapping = converter == null ? null : mapping(converter, parameter.getNestedParameterType());
        if (mapping == null) {
            open.accept("the body is read by "
                    + (converter == null
                            ? "nobody as JSON"
                            : converter.getClass().getName()));
            return null;
        }
        var exact = new BodySchemas(mapping, demands, true);
        var read = new BodySchemas(mapping, demands, false);
        var exactly = exact.schema(type, asked);
        var all = mapping.tried(Integer.class, "[1]").read()
                ? JsonNodeFactory.instance.objectNode()
                : read.schema(type, asked);
        exact.open().forEach(open);
        read.open().forEach(open);
        var others = OTHERS.stream().anyMatch(media -> reading(type, parameter.getContainingClass(), media) != null);
        if (others) {
            open.accept("bodies of other media types than JSON");
        }
        return new Signature.Input(required, exactly, all, others);
    }

    private @Nullable HttpMessageConverter<?> reading(Type type, Class<?> context, MediaType media) {
        var raw = ResolvableType.forType(type).resolve(Object.class);
        for (var converter : converters) {
            var reads = converter instanceof GenericHttpMessageConverter<?> generic
                    ? generic.canRead(type, context, media)
                    : converter.canRead(raw, media);
            if (reads) {
                return converter;
            }
        }
        return null;
    }

    private static @Nullable Mapping mapping(HttpMessageConverter<?> converter, Class<?> type) {
        if (converter instanceof AbstractJackson2HttpMessageConverter jackson) {
            var own = jackson.getObjectMappersForType(type);
            return own == null || own.isEmpty() ? new Jackson2(jackson.getObjectMapper()) : null;
        }
        var mapper = asked(converter, "getMapper");
        var others = asked(converter, "getMappersForType", type);
        return mapper == null || others instanceof Map<?, ?> own && !own.isEmpty() || !HAS_JACKSON_3
                ? null
                : Third.of(mapper);
    }

    /** Keeps Jackson 3 out of applications that have none. */
    private static final class Third {

        static @Nullable Mapping of(Object mapper) {
            return mapper instanceof tools.jackson.databind.ObjectMapper own ? new Jackson3(own) : null;
        }
    }

    /** Converters of Spring 7 have methods that the Spring which this is compiled on does not know. */
    private static @Nullable Object asked(HttpMessageConverter<?> converter, String method, Class<?>... about) {
        var types = new Class<?>[about.length];
        Arrays.fill(types, Class.class);
        var found = ClassUtils.getMethodIfAvailable(converter.getClass(), method, types);
        return found == null ? null : ReflectionUtils.invokeMethod(found, converter, (Object[]) about);
    }
}
