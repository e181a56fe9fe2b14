package dev.portcullis.spring.derive;

import dev.portcullis.schema.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
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
    private final Binders binders;
    private final Model model;

    private Signatures(ApplicationContext context, RequestMappingHandlerAdapter adapter) {
        var own = adapter.getArgumentResolvers();
        this.resolvers = own == null ? List.of() : List.copyOf(own);
        this.demands = demands(context, adapter);
        var conversions = conversions(adapter);
        this.values = conversions == null ? null : new ValueTypes(conversions);
        this.bodies = isBodyChanged(context) ? null : new Bodies(adapter.getMessageConverters(), demands);
        this.names =
                context instanceof ConfigurableApplicationContext configurable ? configurable.getBeanFactory() : null;
        this.binders = new Binders(context);
        this.model = new Model(context);
    }

    /** A reader of the handlers that this adapter runs. */
    public static Signatures of(ApplicationContext context, RequestMappingHandlerAdapter adapter) {
        return new Signatures(context, adapter);
    }

    /** How texts are converted; null when editors of the application's own have a say. */
    private static @Nullable ConversionService conversions(RequestMappingHandlerAdapter adapter) {
        return adapter.getWebBindingInitializer() instanceof ConfigurableWebBindingInitializer initializer
                        && initializer.getPropertyEditorRegistrars() == null
                        && !initializer.isDirectFieldAccess()
                        && !initializer.isDeclarativeBinding()
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

    /** Tells whether objects of forms may be there before they are made, as methods say. */
    boolean isModelPrepared(Class<?> type, String name) {
        return model.mayHold(type, name);
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

    /** How texts become the argument of this name; null when that cannot be told. */
    @Nullable
    Binding binding(HandlerMethod handler, String name) {
        return values == null ? null : binders.of(handler, name, values);
    }

    /** Tells whether the application's own validator, and no other, is asked about the argument of this name. */
    boolean isValidatedAsUsual(HandlerMethod handler, String name) {
        return binders.leaveValidation(handler, name);
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
