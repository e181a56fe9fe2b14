package dev.portcullis.spring.derive;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Conventions;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.ui.ModelMap;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.method.ControllerAdviceBean;

/** What methods with {@code @ModelAttribute} put into the model before a handler is run. Immutable. */
final class Model {

    private final List<ControllerAdviceBean> advice;

    Model(ApplicationContext context) {
        this.advice = ControllerAdviceBean.findAnnotatedBeans(context);
    }

    /** Tells whether an object of this name may be there before it is made of a request, and be of any class. */
    boolean mayHold(Class<?> controller, String name) {
        return AnnotatedElementUtils.hasAnnotation(ClassUtils.getUserClass(controller), SessionAttributes.class)
                || isPut(controller, name)
                || advice.stream()
                        .filter(bean -> bean.isApplicableToBeanType(controller))
                        .anyMatch(bean -> bean.getBeanType() != null && isPut(bean.getBeanType(), name));
    }

    private static boolean isPut(Class<?> type, String name) {
        return MethodIntrospector.selectMethods(ClassUtils.getUserClass(type), Model::isPutting).stream()
                .anyMatch(method -> isPut(method, name));
    }

    private static boolean isPutting(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, ModelAttribute.class)
                && !AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class);
    }

    private static boolean isPut(Method method, String name) {
        if (Arrays.stream(method.getParameterTypes()).anyMatch(Model::isModel)) {
            return true;
        }
        var said = AnnotatedElementUtils.findMergedAnnotation(method, ModelAttribute.class);
        var written = said == null ? "" : said.value();
        var type = method.getReturnType();
        if (!written.isEmpty() || type == void.class) {
            return written.equals(name);
        }
        try {
            return type == Object.class
                    || Conventions.getVariableNameForReturnType(method).equals(name);
        } catch (IllegalArgumentException e) {
            // a collection of nobody knows what is named by what is in it
            return true;
        }
    }

    private static boolean isModel(Class<?> type) {
        return Map.class.isAssignableFrom(type)
                || ModelMap.class.isAssignableFrom(type)
                || org.springframework.ui.Model.class.isAssignableFrom(type);
    }
}
