package dev.portcullis.spring.boot;

import dev.portcullis.config.ExclusionSettings;
import dev.portcullis.config.Word;
import dev.portcullis.spring.FreeText;
import dev.portcullis.spring.Unscanned;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;

/**
 * What the parameters of a handler, and the fields of what they take, say of detectors of attacks. Annotations of parameters are found on what
 * the method overrides and implements, too. Lives for one handler.
 */
final class Spared {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();
    private static final String ALL = "*";
    private static final String HELP =
            "move it to a query or form parameter, a path variable, a header, a cookie, the body or a field of the body's type";

    private final HandlerMethod handler;
    private final BodyFields fields;
    private final List<ExclusionSettings> ofParameters = new ArrayList<>();
    private final List<ExclusionSettings> ofFields = new ArrayList<>();

    /** What is said of one parameter or field. */
    record Said(@Nullable String level, String reason) {

        ExclusionSettings at(String in, String name) {
            return new ExclusionSettings(ALL, name, in, null, level, reason);
        }
    }

    private Spared(HandlerMethod handler, BodyFields fields) {
        this.handler = handler;
        this.fields = fields;
    }

    /**
     * What is said of the parameters of a handler.
     *
     * @throws CannotTakeEffect when an annotation stands where it says nothing
     */
    static Spared of(HandlerMethod handler, BodyFields fields) {
        var spared = new Spared(handler, fields);
        for (var parameter : handler.getMethodParameters()) {
            spared.add(parameter);
        }
        return spared;
    }

    /** The word that says all of it; none when nothing is said. */
    Stream<Word> words() {
        return ofParameters.isEmpty() && ofFields.isEmpty()
                ? Stream.of()
                : Stream.of(new Word.Spared(Word.Level.METHOD, handler.getShortLogMessage(), ofParameters, ofFields));
    }

    /** Tells whether a parameter of the method says anything. */
    static boolean speaks(Method method) {
        return Stream.of(method.getParameters())
                .anyMatch(one -> one.isAnnotationPresent(FreeText.class) || one.isAnnotationPresent(Unscanned.class));
    }

    private void add(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(NAMES);
        var said = said(
                parameter.getParameterAnnotation(FreeText.class),
                parameter.getParameterAnnotation(Unscanned.class),
                place(parameter));
        if (said != null) {
            say(parameter, said);
        }
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            fields.ofJson(type(parameter), (pointer, element) -> ofFields.add(element.at("json", pointer)));
        } else if (isModel(parameter)) {
            fields.ofForm(type(parameter), both(ofFields));
        }
    }

    private static ResolvableType type(MethodParameter parameter) {
        return ResolvableType.forMethodParameter(parameter);
    }

    private static BiConsumer<String, Said> both(List<ExclusionSettings> list) {
        return (name, said) -> {
            list.add(said.at("query", name));
            list.add(said.at("form", name));
        };
    }

    private void say(MethodParameter parameter, Said said) {
        var body = parameter.hasParameterAnnotation(RequestBody.class);
        if (body) {
            ofParameters.add(said.at("json", ALL));
            ofParameters.add(said.at("xml", ALL));
            ofParameters.add(said.at("text", ALL));
            if (readsFormsAlone(parameter)) {
                ofParameters.add(said.at("form", ALL));
            }
        } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
            ofParameters.add(said.at("path", name(parameter, PathVariable.class)));
        } else if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            ofParameters.add(said.at("header", name(parameter, RequestHeader.class)));
        } else if (parameter.hasParameterAnnotation(CookieValue.class)) {
            ofParameters.add(said.at("cookie", name(parameter, CookieValue.class)));
        } else if (parameter.hasParameterAnnotation(RequestPart.class)) {
            ofParameters.add(said.at("form", name(parameter, RequestPart.class)));
        } else if (isSimple(parameter)) {
            both(ofParameters).accept(name(parameter, RequestParam.class), said);
        } else {
            throw new CannotTakeEffect(place(parameter), "takes nothing of which detectors could be told", HELP);
        }
    }

    /** A form's fields are those of other parameters, too, unless each of these is taken from somewhere else for certain. */
    private boolean readsFormsAlone(MethodParameter body) {
        return Stream.of(handler.getMethodParameters())
                .allMatch(other -> other.getParameterIndex() == body.getParameterIndex()
                        || other.hasParameterAnnotation(PathVariable.class)
                        || other.hasParameterAnnotation(RequestHeader.class)
                        || other.hasParameterAnnotation(CookieValue.class));
    }

    private static boolean isSimple(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestParam.class)
                || BeanUtils.isSimpleProperty(parameter.nestedIfOptional().getNestedParameterType());
    }

    private static boolean isModel(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(ModelAttribute.class)
                || parameter.getParameterAnnotations().length == 0 && !isSimple(parameter);
    }

    private String name(MethodParameter parameter, Class<? extends Annotation> type) {
        var written = parameter.getParameterAnnotation(type);
        var given = written == null ? "" : MergedAnnotation.from(written).getString("name");
        var name = given.isEmpty() ? parameter.getParameterName() : given;
        if (name == null) {
            throw new CannotTakeEffect(place(parameter), "has a name that nobody knows", "compile with `-parameters`");
        }
        if (Map.class.isAssignableFrom(parameter.getParameterType())) {
            throw new CannotTakeEffect(place(parameter), "takes all parameters at once", "take single ones");
        }
        return name;
    }

    private String place(MethodParameter parameter) {
        var name = parameter.getParameterName();
        return handler.getShortLogMessage() + ", parameter "
                + (name == null ? String.valueOf(parameter.getParameterIndex()) : "`" + name + "`");
    }

    /**
     * What two annotations say; null when neither is there.
     *
     * @throws CannotTakeEffect when they contradict each other, or give no reason
     */
    static @Nullable Said said(@Nullable FreeText free, @Nullable Unscanned unscanned, String place) {
        if (unscanned == null) {
            return free == null ? null : new Said("low", "free text");
        }
        if (free != null) {
            throw new CannotTakeEffect(place, "is both `@FreeText` and `@Unscanned`", "remove one of the two");
        }
        if (unscanned.value().isBlank()) {
            throw new CannotTakeEffect(place, "is `@Unscanned`, and nobody says why", "write the reason into it");
        }
        return new Said(null, unscanned.value());
    }
}
