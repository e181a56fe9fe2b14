package dev.portcullis.spring.boot;

import dev.portcullis.spring.FreeText;
import dev.portcullis.spring.Unscanned;
import dev.portcullis.spring.boot.Spared.Said;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.util.ReflectionUtils;

/** Finds the fields of bodies' types of which annotations speak, with where they stand in a body. Immutable. */
final class BodyFields {

    /** How deep a body is looked into; what is nested deeper, as in types that hold themselves, is looked at by all detectors. */
    private static final int DEPTH = 6;

    private static final String PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";
    private static final String[] NAMINGS = {
        "com.fasterxml.jackson.databind.annotation.JsonNaming", "tools.jackson.databind.annotation.JsonNaming"
    };
    private static final String ANY = "*";

    private final boolean renamed;

    BodyFields(Environment environment) {
        this.renamed = environment.containsProperty("spring.jackson.property-naming-strategy");
    }

    /** Hands over the JSON pointers of what is annotated within a type. */
    void ofJson(ResolvableType type, BiConsumer<String, Said> found) {
        json(type, "", DEPTH, found);
    }

    /** Hands over the names of the parameters of what is annotated within a type that forms are bound to. */
    void ofForm(ResolvableType type, BiConsumer<String, Said> found) {
        form(type, "", DEPTH, found);
    }

    private void json(ResolvableType type, String pointer, int depth, BiConsumer<String, Said> found) {
        var raw = type.toClass();
        if (depth == 0 || isLeaf(raw)) {
            return;
        }
        if (raw.isArray()) {
            json(type.getComponentType(), pointer + "/" + ANY, depth - 1, found);
        } else if (Collection.class.isAssignableFrom(raw)) {
            json(type.as(Collection.class).getGeneric(0), pointer + "/" + ANY, depth - 1, found);
        } else if (Map.class.isAssignableFrom(raw)) {
            json(type.as(Map.class).getGeneric(1), pointer + "/" + ANY, depth - 1, found);
        } else if (raw == Optional.class) {
            json(type.getGeneric(0), pointer, depth - 1, found);
        } else {
            fields(
                    type,
                    (field, said) -> found.accept(
                            pointer + "/" + member(field) + elements(field, ResolvableType.forField(field, type)),
                            said),
                    (field, inner) -> json(inner, pointer + "/" + escaped(nameOf(field)), depth - 1, found));
        }
    }

    private void form(ResolvableType type, String prefix, int depth, BiConsumer<String, Said> found) {
        if (depth == 0 || isLeaf(type.toClass()) || type.toClass().isArray()) {
            return;
        }
        fields(
                type,
                (field, said) -> found.accept(prefix + field.getName(), said),
                (field, inner) -> form(inner, prefix + field.getName() + ".", depth - 1, found));
    }

    /** What comes behind the member of an annotated field, so that it points to single values. */
    private static String elements(Field field, ResolvableType type) {
        var raw = type.toClass();
        if (BeanUtils.isSimpleValueType(raw)) {
            return "";
        }
        if (raw == Optional.class) {
            return elements(field, type.getGeneric(0));
        }
        if (raw.isArray()) {
            return "/" + ANY + elements(field, type.getComponentType());
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return "/" + ANY + elements(field, type.as(Collection.class).getGeneric(0));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return "/" + ANY + elements(field, type.as(Map.class).getGeneric(1));
        }
        throw new CannotTakeEffect(
                placeOf(field),
                "is annotated, and has fields of its own",
                "annotate the fields of `" + raw.getSimpleName() + "`");
    }

    /** Types of the JDK and of frameworks have no annotations of ours. */
    private static boolean isLeaf(Class<?> raw) {
        return raw == Object.class
                || BeanUtils.isSimpleProperty(raw)
                || raw.getName().startsWith("java.") && !isHolder(raw)
                || raw.getName().startsWith("jakarta.")
                || raw.getName().startsWith("org.springframework.");
    }

    private static boolean isHolder(Class<?> raw) {
        return Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || raw == Optional.class;
    }

    private void fields(ResolvableType type, BiConsumer<Field, Said> said, BiConsumer<Field, ResolvableType> inner) {
        ReflectionUtils.doWithFields(
                type.toClass(),
                field -> {
                    var what = Spared.said(
                            field.getAnnotation(FreeText.class), field.getAnnotation(Unscanned.class), placeOf(field));
                    if (what != null) {
                        said.accept(field, what);
                    } else {
                        inner.accept(field, ResolvableType.forField(field, type));
                    }
                },
                field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
    }

    private static String placeOf(Field field) {
        return field.getDeclaringClass().getName() + "." + field.getName();
    }

    /** The name of an annotated field's member, which must be sure. */
    private String member(Field field) {
        var written = propertyOf(field);
        if (written.isEmpty() && (renamed || isRenamed(field.getDeclaringClass()))) {
            throw new CannotTakeEffect(
                    placeOf(field),
                    "is annotated, and a naming strategy says what its member is called",
                    "name the member: `@JsonProperty(\"...\")`");
        }
        return escaped(nameOf(field));
    }

    private static boolean isRenamed(Class<?> type) {
        var annotations = MergedAnnotations.from(type, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY);
        return annotations.isPresent(NAMINGS[0]) || annotations.isPresent(NAMINGS[1]);
    }

    private static String nameOf(Field field) {
        var written = propertyOf(field);
        return written.isEmpty() ? field.getName() : written;
    }

    private static String propertyOf(Field field) {
        return MergedAnnotations.from(field)
                .get(PROPERTY)
                .getValue("value", String.class)
                .orElse("");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
