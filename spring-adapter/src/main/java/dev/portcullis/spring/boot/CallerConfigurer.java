package dev.portcullis.spring.boot;

import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;

/**
 * Puts the caller into every chain that Spring Security builds, unless {@code portcullis.spring-security} is {@code false}.
 *
 * <p>Spring Security finds it among its factories. What the application's own authentication filters find later holds instead, as with
 * Spring's own filters. A request whose caller was proven by a header of its own needs no CSRF token, as with Spring's resource server.
 */
final class CallerConfigurer extends AbstractHttpConfigurer<CallerConfigurer, HttpSecurity> {

    private static final String SWITCH = "portcullis.spring-security";

    @Override
    @SuppressWarnings("unchecked") // the configurer of this builder
    public void init(HttpSecurity http) {
        if (!isAsked(http)) {
            return;
        }
        http.addFilterBefore(new CallerFilter(), UsernamePasswordAuthenticationFilter.class);
        CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
        if (csrf != null) {
            csrf.ignoringRequestMatchers(CallerFilter::isSentOnPurpose);
        }
    }

    private static boolean isAsked(HttpSecurity http) {
        var context = http.getSharedObject(ApplicationContext.class);
        return context != null
                && context.getBeanNamesForType(Portcullis.class, true, false).length > 0
                && !"false".equals(context.getEnvironment().getProperty(SWITCH));
    }
}
