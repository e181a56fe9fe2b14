package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Gate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Makes a gate for nobody while the framework starts, so that the classes of which the application's own gate is made are there when it
 * comes to that: nearly all that a gate costs a start is their loading. Where there is one processor, nothing is won and nothing is done.
 *
 * <p>That gate judges no request and asks nobody anything. Nothing of the application is in it but which parts are written, so that no class is
 * loaded for one that is not. It is done with before the application's gate is made. Thread-safe.
 */
final class HeadStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final AtomicReference<@Nullable Thread> UNDER_WAY = new AtomicReference<>();
    private static final long MOST_MILLIS = 5_000;
    private static final String ROOT = "portcullis.";
    private static final String POLICY = "policies.a.";

    /** What is written of the part by whose name, or a piece of it, it is known that the application has it. */
    private static final Map<String, Map<String, String>> PARTS = Map.of(
            ".rate-limits.", Map.of(POLICY + "rate-limits.a.permits", "1", POLICY + "rate-limits.a.per", "1m"),
            ".ip.", Map.of(POLICY + "ip.deny[0]", "192.0.2.1"),
            ".cors.", Map.of(POLICY + "cors.origins[0]", "https://a.example", POLICY + "cors.methods[0]", "GET"),
            ".attacks.", Map.of(POLICY + "attacks.mode", "observe"),
            ".response-headers.", Map.of("response-headers.preset", "api"),
            ".api-keys[",
                    Map.of("clients.a.api-keys[0]", "sha256:" + "0".repeat(64), POLICY + "authenticate[0]", "api-key"),
            ".issuers.",
                    Map.of(
                            "issuers.a.issuer",
                            "https://a.example",
                            "issuers.a.audiences[0]",
                            "a",
                            POLICY + "authenticate[1]",
                            "jwt",
                            POLICY + "authorize.scopes[0]",
                            "a"),
            ".body.", Map.of(POLICY + "body.max-size", "1KB", POLICY + "body.schema", "classpath:a.json"));

    HeadStart() {}

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (Runtime.getRuntime().availableProcessors() < 2 || NativeDetector.inNativeImage()) {
            return;
        }
        var written = written(event.getEnvironment());
        var thread = new Thread(() -> make(written), "portcullis-head-start");
        thread.setDaemon(true);
        if (UNDER_WAY.compareAndSet(null, thread)) { // once is enough for all applications of a process
            thread.start();
        }
    }

    /** A configuration with the parts that are written in the application's files. */
    static Map<String, String> written(ConfigurableEnvironment environment) {
        var properties = new HashMap<String, String>();
        properties.put(ROOT + POLICY + "paths[0]", "/a/**");
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (var name : listed.getPropertyNames()) {
                    add(name, properties);
                }
            }
        }
        if (!properties.containsKey(ROOT + POLICY + "authenticate[0]")) {
            var second = properties.remove(ROOT + POLICY + "authenticate[1]");
            properties.put(
                    second == null ? ROOT + POLICY + "public" : ROOT + POLICY + "authenticate[0]",
                    second == null ? "true" : second);
        }
        return properties;
    }

    private static void add(String name, Map<String, String> properties) {
        if (name.startsWith(ROOT)) {
            PARTS.forEach((word, part) -> {
                if (name.contains(word)) {
                    part.forEach((key, value) -> properties.put(ROOT + key, value));
                }
            });
        }
    }

    private static void make(Map<String, String> properties) {
        try {
            made(properties).close();
        } catch (RuntimeException | LinkageError e) {
            // whatever it is, the application's own gate meets it and says so
            return;
        }
    }

    /** The gate of these properties. */
    static Gate made(Map<String, String> properties) {
        var configuration = new Binder(new MapConfigurationPropertySource(properties))
                .bind("portcullis", Configuration.class)
                .get();
        return Gate.builder(configuration)
                .executor(task -> {})
                .resources(any -> new ByteArrayInputStream("{\"type\":\"object\"}".getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Waits until it is done with, so that nothing is made twice at a time. */
    static void await() {
        var thread = UNDER_WAY.get();
        if (thread == null) {
            return;
        }
        try {
            thread.join(MOST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
