package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.schema.Signature;
import dev.portcullis.schema.Signature.Parameter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.HttpEntity;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.ModelAttributeMethodProcessor;
import org.springframework.web.method.annotation.ModelFactory;
import org.springframework.web.method.annotation.RequestHeaderMethodArgumentResolver;
import org.springframework.web.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.PathVariableMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestPartMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestResponseBodyMethodProcessor;
import org.springframework.web.servlet.mvc.method.annotation.ServletCookieValueMethodArgumentResolver;

/** Reads the signature of one handler. Not thread-safe. */
final class HandlerReading {

    private final Signatures spring;
    private final HandlerMethod handler;
    private final boolean validated;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> open = new LinkedHashSet<>();
    private boolean complete = true;
    private Signature.@Nullable Input body;

    /** Where a parameter is, what it is called, and whether the handler runs without it. */
    private record Said(Where place, @Nullable String name, boolean required, boolean otherwise) {

        /** The type, of which an empty text stands for what holds otherwise. */
        Signature.Type of(Signature.Type type) {
            return !otherwise
                    ? type
                    : new Signature.Type(
                            type.schema(),
                            texts -> texts.size() == 1 && texts.get(0).isEmpty()
                                    ? JsonNodeFactory.instance.nullNode()
                                    : type.conversion().value(texts),
                            type.many());
        }
    }

    HandlerReading(Signatures spring, HandlerMethod handler) {
        this.spring = spring;
        this.handler = handler;
        this.validated = handler.createWithValidateFlags().shouldValidateArguments()
                || AnnotatedElementUtils.hasAnnotation(ClassUtils.getUserClass(handler.getBeanType()), Validated.class);
    }

    Signature signature() {
        for (var parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            read(parameter, spring.resolver(parameter));
        }
        return new Signature(parameters, body, complete, List.copyOf(open));
    }

    private void read(MethodParameter parameter, @Nullable HandlerMethodArgumentResolver resolver) {
        if (resolver instanceof RequestParamMethodArgumentResolver) {
            value(parameter, asked(parameter));
        } else if (resolver instanceof PathVariableMethodArgumentResolver) {
            var said = parameter.getParameterAnnotation(PathVariable.class);
            value(parameter, new Said(Where.PATH, name(parameter, said == null ? "" : said.value()), false, false));
        } else if (resolver instanceof RequestHeaderMethodArgumentResolver) {
            var said = parameter.getParameterAnnotation(RequestHeader.class);
            if (said != null) {
                value(
                        parameter,
                        settled(parameter, said(Where.HEADER, said.value(), said.required(), said.defaultValue())));
            }
        } else if (resolver instanceof ServletCookieValueMethodArgumentResolver) {
            var said = parameter.getParameterAnnotation(CookieValue.class);
            if (said != null) {
                cookie(
                        parameter,
                        settled(parameter, said(Where.COOKIE, said.value(), said.required(), said.defaultValue())));
            }
        } else if (resolver instanceof RequestResponseBodyMethodProcessor) {
            body(parameter);
        } else if (resolver instanceof ModelAttributeMethodProcessor) {
            attribute(parameter);
        } else {
            other(parameter, resolver);
        }
    }

    /** A parameter of the query or a form, with an annotation or without. */
    private Said asked(MethodParameter parameter) {
        var said = parameter.getParameterAnnotation(RequestParam.class);
        return said == null
                ? new Said(Where.QUERY, name(parameter, ""), false, false)
                : settled(parameter, said(Where.QUERY, said.value(), said.required(), said.defaultValue()));
    }

    private @Nullable String name(MethodParameter parameter, String written) {
        var name = written.isEmpty() ? parameter.getParameterName() : written;
        return name == null ? null : spring.named(name);
    }

    private static Said said(Where place, String name, boolean required, String otherwise) {
        var demanded = otherwise.equals(ValueConstants.DEFAULT_NONE);
        return new Said(place, name, required && demanded, !demanded);
    }

    private Said settled(MethodParameter parameter, Said said) {
        var name = name(parameter, said.name == null ? "" : said.name);
        return new Said(said.place, name, said.required && !parameter.isOptional(), said.otherwise);
    }

    private void value(MethodParameter parameter, Said said) {
        if (said.name == null) {
            complete = false;
            open.add("parameter " + parameter.getParameterIndex() + ": its name is not known");
            return;
        }
        if (Map.class.isAssignableFrom(parameter.getParameterType())) {
            complete = false;
        }
        var binding = binding(said.name);
        var type = binding == null ? null : binding.of(new TypeDescriptor(parameter), demand(parameter), null);
        if (type == null) {
            unknown(said, parameter.getNestedParameterType());
        } else {
            parameters.add(new Parameter(said.place, said.name, said.required, said.of(type)));
        }
    }

    /** How texts become the argument; null, and said, when the application has a way of its own. */
    private @Nullable Binding binding(String name) {
        var binding = spring.binding(handler, name);
        if (binding == null) {
            open.add(
                    "`" + name + "`, since the application converts it in a way of its own (`@InitBinder` or editors)");
        }
        return binding;
    }

    /** Cookies are decoded by Spring after the container has read them. */
    private void cookie(MethodParameter parameter, Said said) {
        var name = said.name;
        if (name != null && Cookie.class.isAssignableFrom(parameter.getNestedParameterType())) {
            parameters.add(new Parameter(said.place, name, said.required, CookieText.ANY));
            return;
        }
        var before = parameters.size();
        value(parameter, said);
        if (parameters.size() > before) {
            var own = parameters.remove(before);
            parameters.add(new Parameter(said.place, own.name(), said.required, CookieText.of(own.type())));
        }
    }

    /** Whatever it is, it may be there, and must be where the handler demands it. */
    private void unknown(Said said, Class<?> type) {
        if (said.name != null) {
            open.add("`" + said.name + "`: how " + type.getName() + " is read depends on more than its text");
            parameters.add(new Parameter(said.place, said.name, said.required, CookieText.ANY));
        }
    }

    private Demand demand(MethodParameter parameter) {
        if (!validated) {
            return Demand.NONE;
        }
        var method =
                AopUtils.getMostSpecificMethod(handler.getMethod(), ClassUtils.getUserClass(handler.getBeanType()));
        return spring.demands()
                .of(ClassUtils.getUserClass(handler.getBeanType()), method, parameter.getParameterIndex());
    }

    private void body(MethodParameter parameter) {
        var said = parameter.getParameterAnnotation(RequestBody.class);
        var bodies = spring.bodies();
        if (said == null || bodies == null) {
            open.add("the body, since advice of the application's own may change it");
            return;
        }
        body = bodies.of(parameter, said.required() && !parameter.isOptional(), validation(parameter), open::add);
    }

    /** Whether Spring validates the argument, and denies what is wrong. */
    private BodySchemas.Asked validation(MethodParameter parameter) {
        var asks = !hasErrors(parameter) && spring.isValidatedAsUsual(handler, attributeName(parameter));
        var groups = asks ? groups(parameter) : null;
        return new BodySchemas.Asked(groups != null, groups == null ? List.of() : groups);
    }

    /** The groups that the argument's annotations name; null where none of them asks to validate. */
    private static @Nullable List<Class<?>> groups(MethodParameter parameter) {
        for (var annotation : parameter.getParameterAnnotations()) {
            var hints = ValidationAnnotationUtils.determineValidationHints(annotation);
            if (hints != null) {
                return Stream.of(hints).<Class<?>>map(Class.class::cast).toList();
            }
        }
        return null;
    }

    /** The name by which binders and the model know the argument; empty where Spring would find none. */
    private static String attributeName(MethodParameter parameter) {
        try {
            return ModelFactory.getNameForParameter(parameter);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Tells whether the handler wants to see what is wrong itself. */
    private boolean hasErrors(MethodParameter parameter) {
        var types = handler.getMethod().getParameterTypes();
        var next = parameter.getParameterIndex() + 1;
        return next < types.length && Errors.class.isAssignableFrom(types[next]);
    }

    /** An object that is made of parameters of the query or a form. */
    private void attribute(MethodParameter parameter) {
        var type = parameter.getNestedParameterType();
        var name = attributeName(parameter);
        var said = parameter.getParameterAnnotation(ModelAttribute.class);
        var binding = said != null && !said.binding() ? null : binding(name);
        var prepared = spring.isModelPrepared(handler.getBeanType(), name);
        var form = binding == null ? null : new FormObject(binding, prepared ? Demands.NONE : spring.demands());
        if (form == null || !form.read(type, validation(parameter))) {
            complete = false;
            open.add(type.getName() + ": how it is made of parameters cannot be told");
            return;
        }
        if (hasErrors(parameter)) {
            open.add("values of " + type.getName() + ", of which the handler wants to see what is wrong itself");
            parameters.addAll(form.named());
        } else {
            parameters.addAll(form.parameters());
        }
        open.addAll(form.open());
        complete &= form.isComplete() && !prepared;
    }

    /** An argument of Spring's own makes, or the application's; those that see the request may read anything of it. */
    private void other(MethodParameter parameter, @Nullable HandlerMethodArgumentResolver resolver) {
        var type = parameter.getParameterType();
        var known = resolver != null
                && (resolver.getClass().getName().startsWith("org.springframework.web.")
                        || resolver.getClass().getName().startsWith("dev.portcullis."));
        if (HttpEntity.class.isAssignableFrom(type)) {
            complete = false;
            open.add("the body of " + type.getSimpleName());
        } else if (ServletRequest.class.isAssignableFrom(type)
                || WebRequest.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type) && parameter.hasParameterAnnotation(RequestParam.class)
                || resolver instanceof RequestPartMethodArgumentResolver
                || InputStream.class.isAssignableFrom(type)
                || Reader.class.isAssignableFrom(type)) {
            complete = false;
        } else if (!known) {
            complete = false;
            open.add("argument " + parameter.getParameterIndex() + ": " + type.getName()
                    + " is made in a way of the application's own");
        }
    }
}
