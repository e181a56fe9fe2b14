package dev.portcullis.spring.boot;

import dev.portcullis.Listener;
import dev.portcullis.audit.JsonLog;
import dev.portcullis.servlet.LoginAttempts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Puts the gate in front of a servlet application: the filter before every other filter, the second lock before every handler.
 *
 * <p>A {@link Listener} bean is told what happens; without one, every exchange is a line of JSON in the log {@code
 * dev.portcullis.audit}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
public class PortcullisAutoConfiguration {

    /** Where the filter stands among the filters: before all others, Spring Security's among them. */
    public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE;

    /** For Spring. */
    public PortcullisAutoConfiguration() {}

    @Bean
    Portcullis portcullis() {
        return new Portcullis();
    }

    @Bean
    FilterRegistrationBean<Filter> portcullisFilter(Portcullis portcullis) {
        return registrationOf(portcullis);
    }

    static FilterRegistrationBean<Filter> registrationOf(Portcullis portcullis) {
        var registration = new FilterRegistrationBean<Filter>(portcullis);
        registration.setName("portcullis");
        registration.setOrder(FILTER_ORDER);
        registration.addUrlPatterns("/*");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    MappedInterceptor portcullisSecondLock(Portcullis portcullis) {
        return new MappedInterceptor(null, new SecondLock(portcullis));
    }

    @Bean
    LoginAttempts portcullisLogins(Portcullis portcullis) {
        return new LoginAttempts(portcullis::logins);
    }

    @Bean
    OutboundCalls portcullisOutboundCalls(Portcullis portcullis) {
        return new OutboundCalls(portcullis::outbound);
    }

    @Bean
    WebMvcConfigurer portcullisCallers() {
        return new WebMvcConfigurer() {

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(0, new CallerArgument());
            }
        };
    }

    /** Last, so that it finds the converters that the application has added. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    MaskedConverters portcullisMasks() {
        return new MaskedConverters();
    }

    @Bean
    @ConditionalOnMissingBean
    Listener portcullisListener(Portcullis portcullis) {
        return JsonLog.toLogger(Clock.systemUTC()).oneIn(portcullis::auditOneIn);
    }

    /** Asks for the keeper of the application's availability first: listeners are told in the order they were made in. */
    @Bean
    Traffic portcullisTraffic(
            ApplicationContext context, Portcullis portcullis, ObjectProvider<ApplicationAvailability> keeper) {
        keeper.ifAvailable(made -> {});
        return new Traffic(context, portcullis);
    }

    @Bean
    Opening portcullisOpening(ApplicationContext context, Portcullis portcullis, Listener listener) {
        return new Opening(context, portcullis, listener);
    }
}
