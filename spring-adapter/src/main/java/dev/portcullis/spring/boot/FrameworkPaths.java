package dev.portcullis.spring.boot;

import dev.portcullis.config.GateBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where the application's properties put what frameworks open beside its own handlers. Immutable. */
record FrameworkPaths(Environment environment) {

    private static final Map<String, List<String>> KEYS = Map.of(
            "actuator", List.of("management.endpoints.web.base-path"),
            "error", List.of("server.error.path", "spring.web.error.path"),
            "console", List.of("spring.h2.console.path"),
            "docs", List.of("springdoc.api-docs.path", "springdoc.swagger-ui.path"));
    private static final Map<String, List<String>> USUAL =
            Map.of("actuator", List.of("/actuator"), "docs", List.of("/swagger-ui", "/v3/api-docs"));
    private static final String MANAGEMENT = "management.server.base-path";

    /** Tells the gate, which leaves them denied until a policy names them. */
    GateBuilder tell(GateBuilder gate, String servletPath) {
        var prefixes = Stream.of("", servletPath, environment.getProperty(MANAGEMENT, ""))
                .map(FrameworkPaths::plain)
                .distinct()
                .toList();
        KEYS.forEach((group, keys) -> {
            var moved = keys.stream().map(key -> environment.getProperty(key, ""));
            var paths = Stream.concat(moved, USUAL.getOrDefault(group, List.of()).stream())
                    .map(FrameworkPaths::plain)
                    .filter(path -> !path.isEmpty())
                    .flatMap(path -> prefixes.stream().map(prefix -> prefix + path + "/**"))
                    .distinct()
                    .toList();
            gate.internalPaths(group, paths);
        });
        return gate;
    }

    /** With a slash before it and none behind; empty for the root, at which everything is. */
    private static String plain(String path) {
        var trimmed = StringUtils.trimTrailingCharacter(path.strip(), '/');
        return trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
    }
}
