package dev.portcullis.config;

import dev.portcullis.auth.Introspection;
import dev.portcullis.auth.Issuer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The issuer that is asked about tokens, with what it has answered, as long as nothing about issuers changes. Used by one thread at a time. */
final class IntrospectedIssuer {

    private final Clock clock;
    private final Executor executor;
    private Map<String, TrustedIssuer> known = Map.of();
    private @Nullable Introspection kept;

    IntrospectedIssuer(Clock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /** Compiles one issuer. */
    @FunctionalInterface
    interface Issuers {

        @Nullable
        Issuer compile(String name, TrustedIssuer written);
    }

    /** The issuers whose tokens are for an environment. */
    static Map<String, TrustedIssuer> of(@Nullable String environment, @Nullable Map<String, TrustedIssuer> written) {
        var here = new LinkedHashMap<String, TrustedIssuer>();
        (written == null ? Map.<String, TrustedIssuer>of() : written).forEach((name, issuer) -> {
            if (issuer.environment() == null || issuer.environment().equals(environment)) {
                here.put(name, issuer);
            }
        });
        return here;
    }

    /** The scheme of the one that is asked; null when there is a problem. */
    @Nullable
    Introspection scheme(At at, Contents contents, Map<String, TrustedIssuer> written, Issuers issuers) {
        var asked = asked(at, written);
        if (asked == null) {
            at.problem(
                    "none of this environment is asked about tokens",
                    "name the issuer whose tokens are for `environment`");
            return null;
        }
        var issuer = issuers.compile(asked.getKey(), asked.getValue());
        var settings = asked.getValue().introspection();
        if (settings == null || issuer == null) {
            return null;
        }
        var here = at.child(asked.getKey()).child("introspection");
        var endpoint = new IntrospectionCompiler(here, contents, settings).compile(issuer.issuer());
        if (endpoint == null) {
            return null;
        }
        if (kept == null || !known.equals(written)) {
            kept = Introspection.of(issuer, endpoint, clock, executor);
            known = Map.copyOf(written);
        }
        return kept;
    }

    /** The one issuer that is asked: a token that nobody else can read does not say whose it is, and is shown to nobody else. */
    private static Map.@Nullable Entry<String, TrustedIssuer> asked(At at, Map<String, TrustedIssuer> written) {
        Map.Entry<String, TrustedIssuer> first = null;
        for (var entry : written.entrySet()) {
            if (entry.getValue().introspection() == null) {
                continue;
            }
            if (first != null) {
                at.child(entry.getKey())
                        .child("introspection")
                        .problem(
                                "issuer `" + first.getKey()
                                        + "` is asked already, and a token does not say whose it is",
                                "let one issuer be asked");
                return first;
            }
            first = entry;
        }
        return first;
    }
}
