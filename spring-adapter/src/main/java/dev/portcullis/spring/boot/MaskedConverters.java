package dev.portcullis.spring.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Has what handlers return written by mappers that mask, in the place of those that Spring MVC would use.
 *
 * <p>The application's own mappers and converters stay as they are: what it stores, or sends to others, is not masked. Converters are
 * known by their names, since those of Jackson 2 are not in every Spring, nor those of Jackson 3.
 */
final class MaskedConverters implements WebMvcConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final String ROOM = "org.springframework.http.converter.";
    private static final Set<String> JACKSON = Set.of(
            ROOM + "json.MappingJackson2HttpMessageConverter",
            ROOM + "xml.MappingJackson2XmlHttpMessageConverter",
            ROOM + "cbor.MappingJackson2CborHttpMessageConverter",
            ROOM + "smile.MappingJackson2SmileHttpMessageConverter",
            ROOM + "yaml.MappingJackson2YamlHttpMessageConverter");
    private static final Set<String> JACKSON_3 = Set.of(
            ROOM + "json.JacksonJsonHttpMessageConverter",
            ROOM + "xml.JacksonXmlHttpMessageConverter",
            ROOM + "cbor.JacksonCborHttpMessageConverter",
            ROOM + "smile.JacksonSmileHttpMessageConverter",
            ROOM + "yaml.JacksonYamlHttpMessageConverter");

    private final List<Masking> masking = new ArrayList<>();

    /** A converter that masks, and what it writes with. */
    private record Masking(HttpMessageConverter<?> converter, MaskingMapper generation, Object mapper) {}

    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.replaceAll(this::masking);
    }

    private HttpMessageConverter<?> masking(HttpMessageConverter<?> converter) {
        var name = converter.getClass().getName();
        var old = JACKSON.contains(name);
        if (!old && !JACKSON_3.contains(name)) {
            return converter;
        }
        try {
            var generation = old ? new JacksonMasks() : new Jackson3Masks();
            var getter = converter.getClass().getMethod(old ? "getObjectMapper" : "getMapper");
            var mapper = generation.masking(getter.invoke(converter));
            var made = alike(converter, mapper);
            masking.add(new Masking(made, generation, mapper));
            return made;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("`@Masked` has no effect on what {} writes", name, e);
            return converter;
        }
    }

    private static HttpMessageConverter<?> alike(HttpMessageConverter<?> converter, Object mapper)
            throws ReflectiveOperationException {
        for (var constructor : converter.getClass().getConstructors()) {
            var types = constructor.getParameterTypes();
            if (types.length == 1 && types[0].isInstance(mapper)) {
                var made = (HttpMessageConverter<?>) constructor.newInstance(mapper);
                setUp(made, converter);
                return made;
            }
        }
        throw new NoSuchMethodException(converter.getClass().getName());
    }

    private static void setUp(HttpMessageConverter<?> made, HttpMessageConverter<?> like) {
        if (made instanceof AbstractHttpMessageConverter<?> known) {
            known.setSupportedMediaTypes(like.getSupportedMediaTypes());
            known.setDefaultCharset(((AbstractHttpMessageConverter<?>) like).getDefaultCharset());
        }
    }

    /**
     * Tells whether values of a type are written with a mask before the member, by all who may write them or what they are in.
     *
     * @param types what a handler returns, and on to the type that has the member
     */
    boolean masks(List<Class<?>> types, String member, List<HttpMessageConverter<?>> writers) {
        var type = types.get(types.size() - 1);
        for (var writer : writers) {
            var own = own(writer);
            if (own == null
                    ? types.stream().anyMatch(any -> writesObjects(writer, any))
                    : !own.generation.probe(own.mapper, type).has(type, member)) {
                return false;
            }
        }
        return !masking.isEmpty();
    }

    private static boolean writesObjects(HttpMessageConverter<?> writer, Class<?> type) {
        for (MediaType media : writer.getSupportedMediaTypes(type)) {
            if (writer.canWrite(type, media)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Masking own(HttpMessageConverter<?> writer) {
        for (var one : masking) {
            if (one.converter == writer) {
                return one;
            }
        }
        return null;
    }
}
