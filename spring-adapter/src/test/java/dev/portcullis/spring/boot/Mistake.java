package dev.portcullis.spring.boot;

import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Gate;
import dev.portcullis.config.Problem;
import dev.portcullis.config.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * A mistake that is known of policy files.
 *
 * @param yaml the file
 * @param keys by which keys it is named
 */
record Mistake(String name, String yaml, Set<String> keys) {

    private static final Path TABLE = Path.of("../core/src/test/resources/dev/portcullis/config/mistakes.txt");
    private static final Pattern KEY = Pattern.compile("(?m)^([^ \n]+) \\(p\\.yml");

    /** All that name a key. */
    static List<Mistake> table() throws IOException {
        var mistakes = new ArrayList<Mistake>();
        for (var entry : Files.readString(TABLE).split("(?m)^## ")) {
            var parts = entry.split("(?m)^--\n", 2);
            var keys = KEY.matcher(parts[parts.length - 1])
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            if (parts.length == 2 && !keys.isEmpty()) {
                var nameEnd = parts[0].indexOf('\n');
                mistakes.add(new Mistake(parts[0].substring(0, nameEnd), parts[0].substring(nameEnd + 1), keys));
            }
        }
        return mistakes;
    }

    /** What a start says of these sources, of which an earlier one goes before a later one. */
    static List<Problem> said(List<? extends PropertySource<?>> sources) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("set", Map.of("SET", "60", "EMPTY", "")));
        sources.forEach(environment.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(environment);
        try {
            Gate.builder(new Properties(environment).read())
                    .resources(Resources.in(Path.of("."), Mistake.class.getClassLoader()))
                    .build()
                    .close();
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }
}
