package dev.portcullis.spring.boot;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** Finds annotations that would protect nothing: on beans that handle no requests, on methods that are mapped to nothing. */
final class IdleAnnotations {

    private static final String HELP = "move it to a method that is mapped to requests, or take it away";

    private final Set<Class<?>> controllers = new HashSet<>();
    private final Set<Method> mapped = new HashSet<>();
    private final Mentions mentions = new Mentions();

    IdleAnnotations(HandlerMethods handlers) {
        handlers.byId().values().forEach(handler -> {
            controllers.add(handler.type());
            mapped.add(handler.written());
        });
    }

    /**
     * Looks through all beans.
     *
     * @throws CannotTakeEffect for the first annotation that is idle
     */
    void refuse(ListableBeanFactory beans) {
        for (var name : beans.getBeanDefinitionNames()) {
            var type = beans.getType(name, false);
            if (type != null && AnnotationUtils.isCandidateClass(type, Words.TYPES)) {
                refuse(HandlerMethods.userClass(type, () -> beans.getBean(name)));
            }
        }
    }

    private void refuse(Class<?> type) {
        if (!mentions.in(type)) {
            return;
        }
        if (!controllers.contains(type) && says(Words.on(type))) {
            throw new CannotTakeEffect(type.getName(), "has an annotation of the gate but handles no requests", HELP);
        }
        var speaking = MethodIntrospector.selectMethods(
                type, (Method method) -> says(Words.on(method)) || Spared.speaks(method));
        for (var method : speaking) {
            var specific = ClassUtils.getMostSpecificMethod(method, type);
            if (!mapped.contains(specific)) {
                var place = type.getName() + "." + method.getName();
                throw new CannotTakeEffect(place, "has an annotation of the gate but is mapped to no request", HELP);
            }
        }
    }

    /** Tells whether annotations speak of a handler, whoever has registered it. */
    static boolean speakOf(HandlerMethod handler) {
        var type = HandlerMethods.userClass(handler.getBeanType(), handler::getBean);
        return says(Words.on(type)) || says(Words.on(AopUtils.getMostSpecificMethod(handler.getMethod(), type)));
    }

    private static boolean says(MergedAnnotations annotations) {
        return Words.TYPES.stream().anyMatch(annotations::isPresent);
    }
}
