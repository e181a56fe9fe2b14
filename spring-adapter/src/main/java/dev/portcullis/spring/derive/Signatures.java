package dev.portcullis.spring.derive;

import dev.portcullis.schema.Signature;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Reads signatures of handlers: asks Spring who resolves each argument, and how. Thread-safe. */
public final class Signatures {

    private static final String VALIDATOR = "jakarta.validation.Validator";

    private final List<HandlerMethodArgumentResolver> resolvers;
    private final @Nullable ValueTypes values;
    private final @Nullable Bodies bodies;
    private final Demands demands;
    private final @Nullable ConfigurableBeanFactory names;
    private final List<Class<?>> binding;
    private final boolean preparing;

    private Signatures(ApplicationContext context, RequestMappingHandlerAdapter adapter) {
        var own = adapter.getArgumentResolvers();
        this.resolvers = own == null ? List.of() : List.copyOf(own);
        this.demands = demands(context, adapter);
        var conversions = conversions(adapter);
        this.values = conversions == null ? null : new ValueTypes(conversions);
        this.bodies = isBodyChanged(context) ? null : new Bodies(adapter.getMessageConverters(), demands);
        this.names =
                context instanceof ConfigurableApplicationContext configurable ? configurable.getBeanFactory() : null;
        var advice = ControllerAdviceBean.findAnnotatedBeans(context).stream()
                .<Class<?>>map(ControllerAdviceBean::getBeanType)
                .filter(type -> type != null)
                .toList();
        this.binding = advice.stream().filter(Signatures::binds).toList();
        this.preparing = advice.stream().anyMatch(Signatures::prepares);
    }

    /** A reader of the handlers that this adapter runs. */
    public static Signatures of(ApplicationContext context, RequestMappingHandlerAdapter adapter) {
        return new Signatures(context, adapter);
    }

    /** How texts are converted; null when editors of the application's own have a say. */
    private static @Nullable ConversionService conversions(RequestMappingHandlerAdapter adapter) {
        return adapter.getWebBindingInitializer() instanceof ConfigurableWebBindingInitializer initializer
                        && initializer.getPropertyEditorRegistrars() == null
                ? initializer.getConversionService()
                : null;
    }

    private static Demands demands(ApplicationContext context, RequestMappingHandlerAdapter adapter) {
        var validates = adapter.getWebBindingInitializer() instanceof ConfigurableWebBindingInitializer initializer
                && initializer.getValidator() != null;
        return validates && ClassUtils.isPresent(VALIDATOR, Signatures.class.getClassLoader())
                ? Validators.of(context)
                : Demands.NONE;
    }

    /** Keeps the validator's classes out of applications that have none. */
    private static final class Validators {

        static Demands of(ApplicationContext context) {
            var validator =
                    context.getBeanProvider(jakarta.validation.Validator.class).getIfUnique();
            return validator == null ? Demands.NONE : new BeanValidation(validator);
        }
    }

    /** Tells whether somebody may change bodies before they are read. */
    private static boolean isBodyChanged(ApplicationContext context) {
        return context.getBeansOfType(RequestBodyAdvice.class).values().stream()
                .anyMatch(advice -> !advice.getClass().getName().startsWith("org.springframework."));
    }

    /** Tells whether methods of the type have a say in how texts are converted. */
    static boolean binds(Class<?> type) {
        return !MethodIntrospector.selectMethods(
                        ClassUtils.getUserClass(type),
                        (Method method) -> AnnotatedElementUtils.hasAnnotation(method, InitBinder.class))
                .isEmpty();
    }

    /** Tells whether objects of forms may be there before they are made, as methods of the type say. */
    boolean isModelPrepared(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(ClassUtils.getUserClass(type), SessionAttributes.class)
                || preparing
                || prepares(type);
    }

    /** Tells whether methods of the type put objects into the model. */
    private static boolean prepares(Class<?> type) {
        return !MethodIntrospector.selectMethods(
                        ClassUtils.getUserClass(type),
                        (Method method) -> AnnotatedElementUtils.hasAnnotation(method, ModelAttribute.class))
                .isEmpty();
    }

    /** What a handler reads. */
    public Signature of(HandlerMethod handler) {
        return new HandlerReading(this, handler).signature();
    }

    @Nullable
    HandlerMethodArgumentResolver resolver(MethodParameter parameter) {
        for (var resolver : resolvers) {
            if (resolver.supportsParameter(parameter)) {
                return resolver;
            }
        }
        return null;
    }

    /** How texts are converted for handlers of the type; null when that cannot be told. */
    @Nullable
    ValueTypes values(Class<?> type) {
        return !binding.isEmpty() || binds(type) ? null : values;
    }

    @Nullable
    Bodies bodies() {
        return bodies;
    }

    Demands demands() {
        return demands;
    }

    /** The name with what stands for other texts replaced; null when that depends on more than the configuration. */
    @Nullable
    String named(String name) {
        var resolved = names == null ? name : names.resolveEmbeddedValue(name);
        return resolved == null || resolved.contains("#{") ? null : resolved;
    }
}
