package dev.portcullis.spring.boot;

import dev.portcullis.config.Endpoint;
import dev.portcullis.schema.Signature;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The application's handler methods and their ids. Immutable once all are known. */
final class HandlerMethods {

    private final Map<String, Mapped> byId;
    private final Map<Key, String> ids = new HashMap<>();

    /** What tells handler methods apart without writing out their ids. */
    private record Key(Class<?> type, Method method) {

        static Key of(HandlerMethod handler) {
            return new Key(handler.getBeanType(), handler.getMethod());
        }
    }

    /** A handler method with everything that it is mapped to. */
    record Mapped(HandlerMethod method, Class<?> type, List<String> patterns, Set<String> methods) {

        /** Another mapping of the same method; to be mapped to no method in particular is to be mapped to all. */
        Mapped and(Mapped other) {
            var allPatterns = Stream.concat(patterns.stream(), other.patterns.stream())
                    .distinct()
                    .toList();
            var allMethods = new LinkedHashSet<String>();
            if (!methods.isEmpty() && !other.methods.isEmpty()) {
                allMethods.addAll(methods);
                allMethods.addAll(other.methods);
            }
            return new Mapped(method, type, allPatterns, allMethods);
        }

        /** The method that the application wrote: behind a proxy, its target's. */
        Method written() {
            return AopUtils.getMostSpecificMethod(method.getMethod(), type);
        }
    }

    private HandlerMethods(Map<String, Mapped> byId) {
        this.byId = byId;
    }

    private void add(RequestMappingInfo info, HandlerMethod method, String prefix) {
        var id = idOf(method);
        ids.put(Key.of(method), id);
        byId.merge(id, mapped(info, method, prefix), Mapped::and);
    }

    /**
     * The handler methods of these mappings.
     *
     * @param servletPath the path that the dispatcher is mapped to, such as {@code /} or {@code /api}
     */
    static HandlerMethods of(Iterable<RequestMappingHandlerMapping> mappings, String servletPath) {
        var prefix = StringUtils.trimTrailingCharacter(servletPath, '/');
        var all = new HandlerMethods(new LinkedHashMap<>());
        for (var mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, method) -> all.add(info, method, prefix));
        }
        return all;
    }

    private static Mapped mapped(RequestMappingInfo info, HandlerMethod method, String prefix) {
        var methods = info.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var patterns = info.getPatternValues().stream()
                .map(pattern -> prefix + (pattern.isEmpty() || pattern.startsWith("/") ? "" : "/") + pattern)
                .toList();
        var type = userClass(
                method.getBeanType(), () -> method.createWithResolvedBean().getBean());
        return new Mapped(method, type, patterns, methods);
    }

    /** The class that the application wrote, also where a proxy shows no more than its interfaces. */
    static Class<?> userClass(Class<?> type, Supplier<Object> bean) {
        return Proxy.isProxyClass(type) ? AopProxyUtils.ultimateTargetClass(bean.get()) : ClassUtils.getUserClass(type);
    }

    /** A name for the method that is the same at every start. */
    private static String idOf(HandlerMethod handler) {
        var method = handler.getMethod();
        var parameters =
                Stream.of(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(","));
        return ClassUtils.getUserClass(handler.getBeanType()).getName() + "#" + method.getName() + "(" + parameters
                + ")";
    }

    Map<String, Mapped> byId() {
        return byId;
    }

    /** The id of a handler of the application; null for one of somebody else, such as Spring's own answer to OPTIONS. */
    @Nullable
    String known(HandlerMethod handler) {
        return ids.get(Key.of(handler));
    }

    /** The simple names that several types with handlers have. */
    Set<String> sharedNames() {
        var types = byId.values().stream().map(Mapped::type).distinct().toList();
        return types.stream()
                .map(Class::getSimpleName)
                .filter(name -> types.stream()
                                .filter(type -> type.getSimpleName().equals(name))
                                .count()
                        > 1)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The handlers with what their annotations say, and what they read where somebody knows. */
    List<Endpoint> withWords(Words words, BodyFields fields, Function<HandlerMethod, @Nullable Signature> signatures) {
        var handlers = new ArrayList<Endpoint>();
        byId.forEach((id, mapped) -> {
            var all = Stream.concat(
                            words.of(mapped).stream(),
                            Spared.of(mapped.method(), fields).words())
                    .toList();
            handlers.add(new Endpoint(id, mapped.patterns, mapped.methods, all, signatures.apply(mapped.method)));
        });
        return handlers;
    }
}
