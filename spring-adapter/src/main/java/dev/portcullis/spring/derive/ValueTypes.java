package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.schema.Signature;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.SimpleTypeConverter;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.NumberFormat;
import org.springframework.util.ClassUtils;
import org.springframework.util.CollectionUtils;

/** What parameters may be, as Spring's own conversion reads them. Immutable. */
final class ValueTypes {

    private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);
    private static final TypeDescriptor TEXTS = TypeDescriptor.valueOf(String[].class);

    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            UUID.class,
            Instant.class,
            Duration.class);
    /** Types of which a text is read by the client's language, unless an annotation says how. */
    private static final Set<Class<?>> BY_LANGUAGE =
            Set.of(LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class);

    private final ConversionService conversions;

    ValueTypes(ConversionService conversions) {
        this.conversions = conversions;
    }

    /** What a value of the type may be; null when that cannot be told. */
    Signature.@Nullable Type of(TypeDescriptor written, Demand demand) {
        var type = written.getObjectType();
        if (type == Optional.class) {
            var inner = new TypeDescriptor(written.getResolvableType().getGeneric(0), null, written.getAnnotations());
            return of(inner, demand.element(0));
        }
        if (written.isArray() || written.isCollection()) {
            return many(written, demand);
        }
        var schema = scalar(written);
        if (schema == null) {
            return null;
        }
        demand.addTo(schema, type);
        return new Signature.Type(schema, texts -> value(texts, written), false);
    }

    private Signature.@Nullable Type many(TypeDescriptor written, Demand demand) {
        var element = written.getElementTypeDescriptor();
        var schema = element == null ? null : scalar(element);
        if (element == null || schema == null) {
            return null;
        }
        demand.element(0).addTo(schema, element.getObjectType());
        var list = JsonNodeFactory.instance.objectNode().put("type", "array");
        list.set("items", orNull(schema));
        demand.addTo(list, written.getType());
        return new Signature.Type(list, texts -> value(texts, written), true);
    }

    /** An empty text among others stands for nothing. */
    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.has("enum")) {
            schema.withArray("/enum").addNull();
        } else if (schema.path("type").isTextual()) {
            var type = schema.path("type").textValue();
            schema.putArray("type").add(type).add("null");
        } else {
            schema.withArray("/type").add("null");
        }
        return schema;
    }

    private @Nullable ObjectNode scalar(TypeDescriptor written) {
        var type = ClassUtils.resolvePrimitiveIfNecessary(written.getType());
        if (written.hasAnnotation(NumberFormat.class) || !conversions.canConvert(TEXT, written)) {
            return null;
        }
        if (type.isEnum()) {
            return words(type);
        }
        if (BY_LANGUAGE.contains(type)) {
            var format = written.getAnnotation(DateTimeFormat.class);
            return format == null || format.iso() == DateTimeFormat.ISO.NONE ? null : exactly(type);
        }
        return SCALARS.contains(type) ? exactly(type) : null;
    }

    /** What is left out of a text may come back when it is written: formats are for those that do not change. */
    private static ObjectNode exactly(Class<?> type) {
        var schema = Leaves.plain(type);
        if (type == OffsetDateTime.class || type == ZonedDateTime.class) {
            schema.remove("format");
        }
        if (type == Duration.class) {
            schema.put("pattern", "^[A-Za-z0-9.-]+$");
        }
        if (type == Float.class || type == Double.class) {
            schema.putArray("type").add("number").add("string");
            schema.put("pattern", "^-?[A-Za-z]+$");
        }
        return schema;
    }

    private static ObjectNode words(Class<?> type) {
        var schema = JsonNodeFactory.instance.objectNode();
        var list = schema.putArray("enum");
        for (var constant : type.getEnumConstants()) {
            list.add(((Enum<?>) constant).name());
        }
        return schema;
    }

    private @Nullable JsonNode value(List<String> texts, TypeDescriptor written) {
        Object sent = texts.size() == 1 ? texts.get(0) : texts.toArray(String[]::new);
        try {
            return node(conversions.convert(sent, texts.size() == 1 ? TEXT : TEXTS, written));
        } catch (ConversionException | IllegalArgumentException e) {
            return edited(sent, written);
        }
    }

    /** What Spring's own editors make of it, which are asked where conversion fails: of blanks, nothing. */
    private @Nullable JsonNode edited(Object sent, TypeDescriptor written) {
        var editors = new SimpleTypeConverter();
        editors.setConversionService(conversions);
        try {
            return node(editors.convertIfNecessary(sent, written.getType(), written));
        } catch (TypeMismatchException | IllegalStateException | IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode node(@Nullable Object value) {
        var nodes = JsonNodeFactory.instance;
        if (value == null) {
            return nodes.nullNode();
        }
        if (value instanceof Enum<?> word) {
            return nodes.textNode(word.name());
        }
        if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) || number instanceof BigDecimal || number instanceof BigInteger
                    ? nodes.numberNode(new BigDecimal(number.toString()))
                    : nodes.textNode(number.toString());
        }
        if (value instanceof Collection<?> list) {
            var array = nodes.arrayNode();
            list.forEach(one -> array.add(node(one)));
            return array;
        }
        if (value.getClass().isArray()) {
            return node(CollectionUtils.arrayToList(value));
        }
        return nodes.textNode(value.toString());
    }
}
