package dev.portcullis.spring.boot;

import dev.portcullis.metric.MicrometerMeters;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The gate's numbers as meters, where the application has Micrometer. */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(Portcullis.class)
public class MeterAutoConfiguration {

    /** For Spring. */
    public MeterAutoConfiguration() {}

    /** Registries may be there before the gate is. */
    @Bean
    MeterBinder portcullisMeters(Portcullis portcullis) {
        return registry ->
                portcullis.whenUp(gate -> MicrometerMeters.of(gate.metrics()).bindTo(registry));
    }
}
