package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Keys;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Problem;
import dev.portcullis.respond.Preset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Reads {@code portcullis.*} from the application's properties, with the place of every key. */
final class Properties {

    private static final String ROOT = "portcullis";
    private static final Bindable<Configuration> TARGET = Bindable.of(Configuration.class);

    private final WrittenYaml yaml;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();
    private final Binder binder;
    private final List<Problem> problems = new ArrayList<>();

    Properties(Environment environment) {
        this.yaml = WrittenYaml.of(environment);
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        sources.add(yaml.emptyParts());
        this.binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment));
    }

    /** What is written, and what could not be bound. */
    PolicyFile read() {
        var configuration = bind();
        findChangedWords();
        return new PolicyFile(configuration == null ? Configuration.empty() : configuration, this::placeOf, problems);
    }

    /** Binds once where all keys are known; what is bound beside unknown ones has to be asked for again. */
    private @Nullable Configuration bind() {
        var strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        try {
            return binder.bind(ROOT, TARGET, new EmptyParts(strict)).orElse(null);
        } catch (BindException e) {
            var configuration = bindWhatIsKnown();
            if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                unbound.getUnboundProperties().forEach(this::addUnknown);
            }
            return configuration;
        }
    }

    private @Nullable Configuration bindWhatIsKnown() {
        try {
            return binder.bind(ROOT, TARGET, new EmptyParts(BindHandler.DEFAULT))
                    .orElse(null);
        } catch (BindException e) {
            var key = within(e.getName());
            problems.add(new Problem(key, placeOf(key), "cannot be read as what belongs here", Keys.help(key)));
            return null;
        }
    }

    /** Everything below a key that there is not is one problem. */
    private void addUnknown(ConfigurationProperty property) {
        var key = Keys.knownUpTo(within(property.getName()));
        if (problems.stream().noneMatch(problem -> problem.key().equals(key))) {
            problems.add(new Problem(key, shown(property.getOrigin()), "there is no such key", Keys.help(key)));
        }
    }

    /** Where any text may stand, {@code false} in place of {@code off} would be taken at its word. */
    private void findChangedWords() {
        for (var source : sources) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                listed.stream().filter(Properties::isText).forEach(this::findChangedWord);
            }
        }
    }

    private static boolean isText(ConfigurationPropertyName name) {
        var header = name.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
        return ConfigurationPropertyName.of(ROOT).isAncestorOf(name)
                && (name.isLastElementIndexed() && name.isNumericIndex(name.getNumberOfElements() - 1)
                        || name.getParent().toString().endsWith("response-headers.set") && !Preset.isPreset(header));
    }

    private void findChangedWord(ConfigurationPropertyName name) {
        var property = sources.stream()
                .map(source -> source.getConfigurationProperty(name))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
        var word = property == null ? null : yaml.at(property.getOrigin());
        if (property != null && word != null && !word.equals(property.getValue())) {
            problems.add(new Problem(
                    within(name),
                    shown(property.getOrigin()),
                    "`" + word + "` arrives as `" + property.getValue() + "`: Spring takes it for a truth value",
                    "put it in quotes"));
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
        for (var source : sources) {
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
