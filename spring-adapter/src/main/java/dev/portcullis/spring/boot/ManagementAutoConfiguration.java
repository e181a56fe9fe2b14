package dev.portcullis.spring.boot;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The management endpoint, where the application has an actuator and exposes it. */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Portcullis.class)
public class ManagementAutoConfiguration {

    /** For Spring. */
    public ManagementAutoConfiguration() {}

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = PortcullisEndpoint.class)
    PortcullisEndpoint portcullisEndpoint(Portcullis portcullis) {
        return new PortcullisEndpoint(portcullis::management);
    }
}
