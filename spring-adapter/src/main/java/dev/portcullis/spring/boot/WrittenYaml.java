package dev.portcullis.spring.boot;

import dev.portcullis.config.LostWords;
import dev.portcullis.config.LostWords.Document;
import dev.portcullis.config.LostWords.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * The YAML files of the application, read once more for what Spring makes no property of: {@code cross-site: {}} says something, and
 * nothing of it arrives. Only documents count of which Spring has taken something. Immutable.
 */
final class WrittenYaml {

    private static final int MOST = 1 << 22;

    private final Map<Resource, List<Document>> files;

    private WrittenYaml(Map<Resource, List<Document>> files) {
        this.files = files;
    }

    /** Reads the files that the properties come from. */
    static WrittenYaml of(Environment environment) {
        var files = new LinkedHashMap<Resource, List<Document>>();
        lines(environment).forEach((resource, lines) -> files.put(resource, taken(resource, lines)));
        return new WrittenYaml(files);
    }

    /** The lines of each file of which there are properties. */
    private static Map<Resource, NavigableSet<Integer>> lines(Environment environment) {
        var lines = new LinkedHashMap<Resource, NavigableSet<Integer>>();
        if (environment instanceof ConfigurableEnvironment own) {
            own.getPropertySources().forEach(source -> collect(source, lines));
        }
        return lines;
    }

    private static void collect(PropertySource<?> source, Map<Resource, NavigableSet<Integer>> lines) {
        if (!(source instanceof EnumerablePropertySource<?> listed) || !(source instanceof OriginLookup<?>)) {
            return;
        }
        for (var name : listed.getPropertyNames()) {
            var written = text(OriginLookup.getOrigin(source, name));
            var location = written == null ? null : written.getLocation();
            if (written != null && location != null && isYaml(written.getResource())) {
                lines.computeIfAbsent(written.getResource(), any -> new TreeSet<>())
                        .add(location.getLine());
            }
        }
    }

    private static @Nullable TextResourceOrigin text(@Nullable Origin origin) {
        var one = origin instanceof PropertySourceOrigin found ? found.getOrigin() : origin;
        while (one != null && !(one instanceof TextResourceOrigin)) {
            one = one.getParent();
        }
        return (TextResourceOrigin) one;
    }

    private static boolean isYaml(@Nullable Resource resource) {
        if (resource == null) {
            return false;
        }
        var name = resource.getFilename() == null ? resource.getDescription() : resource.getFilename();
        return name.contains(".yml") || name.contains(".yaml");
    }

    private static List<Document> taken(Resource resource, NavigableSet<Integer> lines) {
        try (var in = resource.getInputStream()) {
            var text = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
            return LostWords.of(text).stream()
                    .filter(document -> isTaken(document, lines))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isTaken(Document document, NavigableSet<Integer> lines) {
        var next = lines.ceiling(document.first());
        return next != null && next <= document.last();
    }

    /** The parts with nothing in them, as properties without a value. */
    ConfigurationPropertySource emptyParts() {
        var properties = new LinkedHashMap<String, Object>();
        files.forEach((resource, documents) -> documents.stream()
                .flatMap(document -> document.words().stream())
                .filter(word -> word.text().isEmpty())
                .forEach(
                        word -> properties.putIfAbsent(word.key(), OriginTrackedValue.of("", origin(resource, word)))));
        return ConfigurationPropertySource.from(
                new OriginTrackedMapPropertySource("portcullis: empty parts", properties));
    }

    private static Origin origin(Resource resource, Word word) {
        return new TextResourceOrigin(resource, new Location(word.line(), word.column()));
    }

    /** The word that is written where a property comes from; null when it arrived as it is written. */
    @Nullable
    String at(@Nullable Origin origin) {
        var written = text(origin);
        var location = written == null ? null : written.getLocation();
        if (written == null || location == null) {
            return null;
        }
        return files.getOrDefault(written.getResource(), List.of()).stream()
                .flatMap(document -> document.words().stream())
                .filter(word -> word.line() == location.getLine() && word.column() == location.getColumn())
                .filter(word -> !word.text().isEmpty())
                .map(Word::text)
                .findFirst()
                .orElse(null);
    }
}
