package dev.portcullis.spring.boot;

import dev.portcullis.config.Gate;
import java.util.List;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Finds handlers that take a caller where they can never have one. */
final class CallerArguments {

    private CallerArguments() {}

    /**
     * Looks at the handlers before the gate is built.
     *
     * @throws CannotTakeEffect when a parameter is of no type for a caller, or when the application's own set-up of Spring MVC has
     *     taken away who hands callers over: Spring would make one of what the client sends
     */
    static void refuse(HandlerMethods handlers, List<RequestMappingHandlerAdapter> adapters) {
        for (var mapped : handlers.byId().values()) {
            CallerArgument.refuseOthers(mapped.method());
            if (CallerArgument.takenBy(mapped.method()) && !adapters.stream().allMatch(CallerArguments::knows)) {
                throw new CannotTakeEffect(
                        mapped.method(),
                        "takes the caller, but Spring MVC was set up without the gate's `WebMvcConfigurer`",
                        "let `@EnableWebMvc` or Boot set up Spring MVC, so that `WebMvcConfigurer` beans are heard");
            }
        }
    }

    private static boolean knows(RequestMappingHandlerAdapter adapter) {
        var resolvers = adapter.getCustomArgumentResolvers();
        return resolvers != null && resolvers.stream().anyMatch(CallerArgument.class::isInstance);
    }

    /**
     * Looks at the handlers in front of which nothing asks who calls.
     *
     * @throws CannotTakeEffect when one of them demands a caller
     */
    static void refuse(HandlerMethods handlers, Gate gate) {
        for (var id : gate.anonymous()) {
            var mapped = handlers.byId().get(id);
            if (mapped != null && CallerArgument.demandedBy(mapped.method())) {
                throw new CannotTakeEffect(
                        mapped.method(),
                        "demands a caller, but nothing in front of it asks who calls",
                        "add `@Authenticated`, or make the parameter `@Nullable` or an `Optional`");
            }
        }
    }
}
