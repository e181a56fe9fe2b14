package dev.portcullis.spring.boot;

import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** A real application on a free port of the loopback, with the starter and the given configuration. */
final class Booted implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RawHttp http;

    private Booted(ConfigurableApplicationContext context) {
        this.context = context;
        var port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        this.http = RawHttp.to("127.0.0.1", port);
    }

    /** Nothing but what Boot configures by itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Bare {}

    /** Starts an application with this YAML and these beans. */
    static Booted with(String yaml, Class<?>... beans) throws IOException {
        var environment = new StandardEnvironment();
        var resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml");
        new YamlPropertySourceLoader()
                .load("application.yml", resource)
                .forEach(source -> environment.getPropertySources().addFirst(source));
        var sources = new ArrayList<Class<?>>(List.of(Bare.class));
        sources.addAll(List.of(beans));
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setEnvironment(environment);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setLogStartupInfo(false);
        return new Booted(application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=error"));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    RawHttp http() {
        return http;
    }

    RawResponse get(String target, String... headers) throws IOException {
        return send("GET", target, headers);
    }

    RawResponse send(String method, String target, String... headers) throws IOException {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return http.send(
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + "\r\n");
    }

    @Override
    public void close() {
        context.close();
    }
}
