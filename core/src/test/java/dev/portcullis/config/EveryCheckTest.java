package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.portcullis.Check;
import dev.portcullis.CheckContract;
import dev.portcullis.Request;
import dev.portcullis.auth.ApiKeys;
import dev.portcullis.auth.Authentication;
import dev.portcullis.authz.Authorizer;
import dev.portcullis.fixture.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every check that a configuration can ask for keeps the contract. */
class EveryCheckTest implements CheckContract {

    private static final String SCHEMA = "{\\\"type\\\":\\\"object\\\"}";

    private static final String DOCUMENT =
            "{\\\"openapi\\\":\\\"3.1.0\\\",\\\"info\\\":{\\\"title\\\":\\\"t\\\",\\\"version\\\":\\\"1\\\"},\\\"paths\\\":{\\\"/x\\\":{\\\"get\\\":{\\\"responses\\\":{}}}}}";

    private static final String YAML = Gates.CLIENTS + """
            forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for }
            https: { hsts: { max-age: 1d } }
            hosts: { allow: [example.com] }
            step-up: { max-age: 1h, kinds: [user] }
            feeds: { bad: { source: "FEED" } }
            denials: { entries: [ { deny: address, value: 192.0.2.1, reason: tests }, { revoke: subject, value: bob, issuer: clients, reason: tests } ] }
            concurrency: { all: { permits: 1000000 } }
            signatures: { hooks: { preset: github, keys: { one: { secret: 0123456789abcdef0123456789abcdef, client: hub } } } }
            policies:
              all:
                paths: [/a/**]
                methods: [GET, POST]
                ip: { allow: [127.0.0.0/8], deny: [192.0.2.0/24], deny-feeds: [bad], deny-countries: [FR] }
                cors: { origins: [https://app.example.com], credentials: true }
                authenticate: [api-key, "signature:hooks"]
                authorize: { scopes: [read], when: "request.method != principal.id", authorizer: own }
                penalty: { deny-at: 50 }
                agents: { deny: [sqlmap], crawlers: [known], unknown-crawlers: proceed }
                rate-limits: { burst: { permits: 1000000, per: 1m, by: client } }
                quotas: { daily: { permits: 1000000, per: P1D } }
                concurrency: { few: { permits: 1000000, by: client } }
                circuit-breaker: { window: 10s }
                body: { max-size: 64KB, max-time: 1m, schema: "%s" }
                attacks: { level: strict }
                cross-site: { origins: [https://app.example.com] }
                form: { fields: [a, b] }
                uploads: { max-files: 2 }
                response-headers: { preset: api }
                response-body: { schema: { statuses: [200] }, alarm-size: 1MB, leaks: { stop: [private-key] }, masks: { card: { pointers: [/card] } } }
                deprecated: 2025-01-01
              documented:
                paths: [/x/**]
                public: true
                openapi: { document: "%s" }
              packed:
                paths: [/packed]
                public: true
                body: { encodings: [gzip], schema: "%s" }
              filled: { paths: [/filled], public: true, form: { schema: "%s" } }
              rest: { paths: ["/{any}/env"], public: true }
            """.formatted(SCHEMA, DOCUMENT, SCHEMA, SCHEMA);

    /** Those that count, or that learn of other requests. */
    private static final Set<String> STATEFUL =
            Set.of("Limit", "PerCaller", "Capacity", "Breakers", "BruteForce", "Penalty");

    /** Those that read bodies: after all that is cheaper, within a bound. */
    private static final Set<String> READING = Set.of(
            "JsonBody",
            "FormBody",
            "OpenApi",
            "Attacks",
            "Condition",
            "BruteForce",
            "FormFields",
            "Uploads",
            "Decoding");

    /** What no policy has without a server on the network, handlers with types or detectors of the application, and where it is held instead. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("Callout", "CalloutsTest", "Derived", "DerivedContractsTest", "Sampling", "BackgroundTest");

    @TempDir
    Path directory;

    private Gate gate;

    private Gate gate() {
        if (gate == null) {
            try {
                var feed = Files.writeString(directory.resolve("bad.txt"), "192.0.2.0/24\n");
                gate = Gate.builder(Gates.file(YAML.replace("FEED", "file:" + feed)))
                        .clock(HandClock.at("2026-01-01T00:00:00Z"))
                        .countries(address -> "DE")
                        .authorizer("own", request -> Authorizer.Decision.permit())
                        .build();
                gate.prepare().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return gate;
    }

    @AfterEach
    void close() {
        if (gate != null) {
            gate.close();
        }
    }

    private Map<String, Check> checks() {
        var all = new LinkedHashMap<String, Check>();
        for (var target : List.of("/a/b", "/x", "/packed", "/filled", "/actuator/env", "/elsewhere")) {
            for (var method : List.of("GET", "BREW")) {
                for (var rule : CheckContract.rules(gate().engine().policies(), request(method, target))) {
                    all.putIfAbsent(rule.name(), rule.check());
                }
            }
        }
        all.put("authentication", Authentication.required(List.of(ApiKeys.of(List.of()))));
        return all;
    }

    private Request request(String method, String target) {
        return gate().view(Gates.with(method, target));
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    @Override
    public Stream<Subject> subjects() {
        return checks().entrySet().stream().map(entry -> {
            var type = simple(CheckContract.written(entry.getValue()));
            return new Subject(entry.getKey(), entry.getValue(), STATEFUL.contains(type), READING.contains(type));
        });
    }

    @Test
    void leavesNoKindOfCheckOut() {
        var kinds = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.portcullis")
                        .stream()
                        .filter(type -> type.isAssignableTo(Check.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(type -> simple(type.getName().split("[$]", 2)[0]))
                        .collect(Collectors.toCollection(TreeSet::new));
        var held = checks().values().stream()
                .map(check -> simple(CheckContract.written(check)))
                .collect(Collectors.toCollection(TreeSet::new));
        kinds.removeAll(ELSEWHERE.keySet());
        kinds.removeAll(held);
        assertThat(kinds).isEmpty();
        assertThat(held).hasSizeGreaterThan(20);
        assertThat(checks()).hasSizeGreaterThan(25);
    }
}
