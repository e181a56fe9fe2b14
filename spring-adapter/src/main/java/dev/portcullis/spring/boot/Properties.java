package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Keys;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Problem;
import dev.portcullis.respond.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Reads {@code portcullis.*} from the application's properties, with the place of every key. */
final class Properties {

    private static final String ROOT = "portcullis";
    private static final ConfigurationPropertyName ROOT_NAME = ConfigurationPropertyName.of(ROOT);
    private static final Bindable<Configuration> TARGET = Bindable.of(Configuration.class);

    private final UnsetVariables unset;
    private final WrittenYaml yaml;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();
    private final Binder binder;
    private final List<Problem> problems = new ArrayList<>();

    Properties(Environment environment) {
        this.unset = new UnsetVariables(environment);
        this.yaml = WrittenYaml.of(environment);
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        sources.add(yaml.emptyParts());
        this.binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment));
    }

    /** What is written, and what could not be bound. */
    PolicyFile read() {
        var configuration = bind();
        findTexts(name -> true, this::findUnsetVariable);
        findTexts(Properties::isText, this::findChangedWord);
        sources.forEach(this::findMixedLists);
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

    /** Looks for what is wrong in the value that holds of each name. */
    private void findTexts(Predicate<ConfigurationPropertyName> which, Consumer<ConfigurationProperty> finding) {
        for (var source : sources) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                listed.stream()
                        .filter(ROOT_NAME::isAncestorOf)
                        .filter(which)
                        .filter(this::isRead)
                        .map(this::property)
                        .filter(Objects::nonNull)
                        .forEach(finding);
            }
        }
    }

    private static boolean isText(ConfigurationPropertyName name) {
        var header = name.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
        return name.isLastElementIndexed() && name.isNumericIndex(name.getNumberOfElements() - 1)
                || name.getParent().toString().endsWith("response-headers.set") && !Preset.isPreset(header);
    }

    private @Nullable ConfigurationProperty property(ConfigurationPropertyName name) {
        for (var source : sources) {
            var property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return null;
    }

    /** Tells whether no list that it is an element of, or within one, stands in a source that goes before the one it is in. */
    private boolean isRead(ConfigurationPropertyName name) {
        for (var i = 1; i < name.getNumberOfElements(); i++) {
            var owner = name.isNumericIndex(i) ? owner(name.chop(i)) : null;
            if (owner != null && owner.getConfigurationProperty(name) == null) {
                return false;
            }
        }
        return true;
    }

    /** The source that a list is read from: the first that has any of it. */
    private @Nullable ConfigurationPropertySource owner(ConfigurationPropertyName list) {
        for (var source : sources) {
            if (source.getConfigurationProperty(list) != null
                    || source.containsDescendantOf(list) == ConfigurationPropertyState.PRESENT) {
                return source;
            }
        }
        return null;
    }

    /** Spring leaves a variable that nothing sets as it is written, so that {@code ${SECRET}} itself would be the secret. */
    private void findUnsetVariable(ConfigurationProperty property) {
        var key = within(property.getName());
        var missing = unset.in(property.getValue());
        if (missing != null
                && problems.stream()
                        .noneMatch(problem -> problem.message().equals(missing.message())
                                && problem.key().equals(key))) {
            problems.add(new Problem(key, shown(property.getOrigin()), missing.message(), missing.help()));
        }
    }

    /** Where any text may stand, {@code false} in place of {@code off} would be taken at its word. */
    private void findChangedWord(ConfigurationProperty property) {
        var word = yaml.at(property.getOrigin());
        if (word != null && !word.equals(property.getValue())) {
            problems.add(new Problem(
                    within(property.getName()),
                    shown(property.getOrigin()),
                    "`" + word + "` arrives as `" + property.getValue() + "`: Spring takes it for a truth value",
                    "put it in quotes"));
        }
    }

    /** Of a list that stands in one line and item by item in the same file, Spring reads the line alone, and says nothing. */
    private void findMixedLists(ConfigurationPropertySource source) {
        if (source instanceof IterableConfigurationPropertySource listed) {
            listed.stream()
                    .filter(ROOT_NAME::isAncestorOf)
                    .filter(ConfigurationPropertyName::isLastElementIndexed)
                    .filter(name -> source.getConfigurationProperty(name.getParent()) != null)
                    .filter(name -> source.equals(owner(name.getParent())))
                    .map(source::getConfigurationProperty)
                    .filter(Objects::nonNull)
                    .forEach(property -> problems.add(new Problem(
                            within(property.getName()),
                            shown(property.getOrigin()),
                            "not read, since the list stands in a line of its own too",
                            "write all of them with numbers, or all in one line")));
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
        var at = ConfigurationPropertyName.of(name);
        var place = placeAt(at);
        while (place.isEmpty() && at.getNumberOfElements() > 2) {
            at = at.getParent();
            place = placeAt(at);
        }
        return place;
    }

    /** Where the key is, or the first of those below it. */
    private String placeAt(ConfigurationPropertyName name) {
        var property = property(name);
        if (property != null) {
            return shown(property.getOrigin());
        }
        for (var source : sources) {
            var below = source instanceof IterableConfigurationPropertySource listed
                    ? listed.stream().filter(name::isAncestorOf).findFirst().map(source::getConfigurationProperty)
                    : Optional.<ConfigurationProperty>empty();
            if (below.isPresent()) {
                return shown(below.get().getOrigin());
            }
        }
        return "";
    }

    private static String shown(@Nullable Origin origin) {
        return origin == null ? "" : origin.toString();
    }
}
