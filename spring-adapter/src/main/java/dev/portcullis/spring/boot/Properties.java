package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Keys;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Reads {@code portcullis.*} from the application's properties, with the place of every key. */
final class Properties {

    private static final String ROOT = "portcullis";
    private static final Bindable<Configuration> TARGET = Bindable.of(Configuration.class);

    private final Environment environment;
    private final List<Problem> problems = new ArrayList<>();

    Properties(Environment environment) {
        this.environment = environment;
    }

    /** What is written, and what could not be bound. */
    PolicyFile read() {
        var configuration = bind();
        findUnknownKeys();
        return new PolicyFile(configuration == null ? Configuration.empty() : configuration, this::placeOf, problems);
    }

    private @Nullable Configuration bind() {
        try {
            return Binder.get(environment).bind(ROOT, TARGET).orElse(null);
        } catch (BindException e) {
            var key = within(e.getName());
            problems.add(new Problem(key, placeOf(key), "cannot be read as what belongs here", Keys.help(key)));
            return null;
        }
    }

    private void findUnknownKeys() {
        var handler = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        try {
            Binder.get(environment).bind(ROOT, TARGET, handler);
        } catch (BindException e) {
            if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                unbound.getUnboundProperties().forEach(this::addUnknown);
            }
        }
    }

    /** Everything below a key that there is not is one problem. */
    private void addUnknown(ConfigurationProperty property) {
        var key = Keys.knownUpTo(within(property.getName()));
        if (problems.stream().noneMatch(problem -> problem.key().equals(key))) {
            problems.add(new Problem(key, shown(property.getOrigin()), "there is no such key", Keys.help(key)));
        }
    }

    private static String within(ConfigurationPropertyName name) {
        return name.getNumberOfElements() <= 1 ? "" : name.subName(1).toString();
    }

    private String placeOf(String key) {
        var name = key.isEmpty() ? ROOT : ROOT + "." + key;
        if (!ConfigurationPropertyName.isValid(name)) {
            return "";
        }
        for (var source : ConfigurationPropertySources.get(environment)) {
            var property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
            if (property != null) {
                return shown(property.getOrigin());
            }
        }
        return "";
    }

    private static String shown(@Nullable Origin origin) {
        return origin == null ? "" : origin.toString();
    }
}
