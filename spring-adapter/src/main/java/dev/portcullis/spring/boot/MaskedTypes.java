package dev.portcullis.spring.boot;

import dev.portcullis.spring.Masked;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Finds masks that would mask nothing, in what handlers return, as far as the types say what that is. */
final class MaskedTypes {

    private static final int MAX_TYPES = 10_000;
    private static final int MAX_DEPTH = 32;

    private final MaskedConverters converters;
    private final List<RequestMappingHandlerAdapter> adapters;
    /** A type on the way from a handler, and those that it is in. */
    private record Step(ResolvableType type, List<Class<?>> holders) {

        Step to(ResolvableType inner) {
            var raw = type.resolve();
            var all = new ArrayList<>(holders);
            all.add(raw == null ? Object.class : raw);
            return new Step(inner, all);
        }
    }

    MaskedTypes(MaskedConverters converters, List<RequestMappingHandlerAdapter> adapters) {
        this.converters = converters;
        this.adapters = adapters;
    }

    /**
     * Looks at all that handlers return.
     *
     * @throws CannotTakeEffect for the first mask that would mask nothing
     */
    void refuse(HandlerMethods handlers) {
        for (var mapped : handlers.byId().values()) {
            refuse(ResolvableType.forMethodReturnType(mapped.written(), mapped.type()));
        }
    }

    private void refuse(ResolvableType returned) {
        Set<String> seen = new HashSet<>();
        Deque<Step> steps = new ArrayDeque<>();
        steps.add(new Step(returned, List.of()));
        while (!steps.isEmpty()) {
            var step = steps.remove();
            if (step.holders.size() < MAX_DEPTH && seen.size() < MAX_TYPES && seen.add(step.type.toString())) {
                inner(step).forEach(inner -> steps.add(step.to(inner)));
            }
        }
    }

    /** The types that a value of the type may hold: what its parameters say, and its properties. */
    private List<ResolvableType> inner(Step step) {
        var type = step.type;
        var all = new ArrayList<>(List.of(type.getGenerics()));
        all.add(type.getComponentType());
        var raw = type.resolve();
        if (raw == null || raw.isPrimitive() || raw.isEnum() || isOfThePlatform(raw)) {
            return all;
        }
        if (raw.isSealed()) {
            for (var one : raw.getPermittedSubclasses()) {
                all.add(ResolvableType.forClass(one));
            }
        }
        ReflectionUtils.doWithFields(raw, field -> {
            refuse(step, field, field);
            all.add(ResolvableType.forField(field, type));
        });
        ReflectionUtils.doWithMethods(raw, method -> {
            refuse(step, method, method);
            if (method.getParameterCount() == 0 && !isOfThePlatform(method.getDeclaringClass())) {
                all.add(ResolvableType.forMethodReturnType(method, raw));
            }
        });
        return all;
    }

    private static boolean isOfThePlatform(Class<?> type) {
        var room = ClassUtils.getPackageName(type);
        return room.startsWith("java.") || room.startsWith("jakarta.") || room.startsWith("org.springframework.");
    }

    private void refuse(Step step, AnnotatedElement element, Member member) {
        var type = step.type.resolve(Object.class);
        if (!element.isAnnotationPresent(Masked.class)) {
            return;
        }
        for (var adapter : adapters) {
            List<HttpMessageConverter<?>> writers = adapter.getMessageConverters();
            if (!converters.masks(step.to(step.type).holders, member.getName(), writers)) {
                throw new CannotTakeEffect(
                        type.getName() + "." + member.getName(),
                        "is `@Masked`, but would be written without a mask",
                        "annotate a property that Jackson writes, and let no other message converter write the type");
            }
        }
    }
}
