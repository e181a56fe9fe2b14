package dev.portcullis.spring.derive;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.validation.DirectFieldBindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.HandlerMethod;

/**
 * What methods with {@code @InitBinder} say of how texts are bound: those that ask for nothing but the binder are called once at the start, as
 * Spring calls them for every request. Thread-safe.
 */
final class Binders {

    private final ApplicationContext context;
    private final List<ControllerAdviceBean> advice;

    Binders(ApplicationContext context) {
        this.context = context;
        this.advice = ControllerAdviceBean.findAnnotatedBeans(context).stream()
                .filter(bean -> bean.getBeanType() != null
                        && !methods(bean.getBeanType()).isEmpty())
                .toList();
    }

    private static Set<Method> methods(Class<?> type) {
        return MethodIntrospector.selectMethods(
                ClassUtils.getUserClass(type),
                (Method method) -> AnnotatedElementUtils.hasAnnotation(method, InitBinder.class));
    }

    /** A method and the bean that it is of; null when there is one for each request or session. */
    private record Asked(Method method, @Nullable Object bean) {

        boolean isFor(String name) {
            var said = AnnotatedElementUtils.findMergedAnnotation(method, InitBinder.class);
            return said == null
                    || said.value().length == 0
                    || Arrays.asList(said.value()).contains(name);
        }

        /** Tells whether the binder is now as the method has it. */
        boolean set(WebDataBinder binder) {
            var own = bean == null
                    || method.getParameterCount() != 1
                    || !method.getParameterTypes()[0].isInstance(binder);
            if (own) {
                return false;
            }
            try {
                ReflectionUtils.makeAccessible(method);
                ReflectionUtils.invokeMethod(method, bean, binder);
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        }
    }

    private List<Asked> asked(HandlerMethod handler) {
        var all = new ArrayList<Asked>();
        for (var bean : advice) {
            var type = bean.getBeanType();
            if (type != null && bean.isApplicableToBeanType(handler.getBeanType())) {
                methods(type).forEach(method -> all.add(new Asked(method, bean.resolveBean())));
            }
        }
        for (var method : methods(handler.getBeanType())) {
            all.add(new Asked(method, bean(handler)));
        }
        return all;
    }

    private @Nullable Object bean(HandlerMethod handler) {
        if (handler.getBean() instanceof String name) {
            return context.isSingleton(name) ? context.getBean(name) : null;
        }
        return handler.getBean();
    }

    /** How the argument is bound; null when that cannot be told. */
    @Nullable
    Binding of(HandlerMethod handler, String name, ValueTypes values) {
        var setting = setting(handler, name);
        if (setting.isEmpty()) {
            return new Binding(values, null);
        }
        var binder = set(setting, name);
        return binder != null && isPlain(binder) ? new Binding(values, binder) : null;
    }

    /** Tells whether the application's own validator, and no other, is asked about the argument. */
    boolean leaveValidation(HandlerMethod handler, String name) {
        var binder = set(setting(handler, name), name);
        return binder != null && binder.getValidators().isEmpty();
    }

    private List<Asked> setting(HandlerMethod handler, String name) {
        return asked(handler).stream().filter(one -> one.isFor(name)).toList();
    }

    private static @Nullable WebDataBinder set(List<Asked> setting, String name) {
        var binder = new WebDataBinder(null, name);
        return setting.stream().allMatch(one -> one.set(binder)) ? binder : null;
    }

    /** Tells whether nothing was set by which other values or properties are bound than by conversion and setters. */
    private static boolean isPlain(WebDataBinder binder) {
        return binder.getConversionService() == null
                && !binder.isDeclarativeBinding()
                && !(binder.getBindingResult() instanceof DirectFieldBindingResult);
    }
}
