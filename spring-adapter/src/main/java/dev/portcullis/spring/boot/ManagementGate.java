package dev.portcullis.spring.boot;

import jakarta.servlet.Filter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Puts the gate in front of a management port of its own as well. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementGate {

    @Bean
    FilterRegistrationBean<Filter> portcullisManagementFilter(Portcullis portcullis) {
        return PortcullisAutoConfiguration.registrationOf(portcullis);
    }
}
