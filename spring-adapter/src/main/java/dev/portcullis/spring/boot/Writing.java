package dev.portcullis.spring.boot;

import dev.portcullis.config.Authorize;
import dev.portcullis.config.Content;
import dev.portcullis.config.CrossOrigin;
import dev.portcullis.config.Detection;
import dev.portcullis.config.Ip;
import dev.portcullis.config.Policy;
import dev.portcullis.config.Rate;
import dev.portcullis.config.StepUpSettings;
import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.AuthorizedBy;
import dev.portcullis.spring.CircuitBreaker;
import dev.portcullis.spring.ConcurrencyLimit;
import dev.portcullis.spring.Cors;
import dev.portcullis.spring.DenyFrom;
import dev.portcullis.spring.InspectAttacks;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.RateLimit;
import dev.portcullis.spring.RequireCondition;
import dev.portcullis.spring.RequireRole;
import dev.portcullis.spring.RequireScope;
import dev.portcullis.spring.RequireStepUp;
import dev.portcullis.spring.Sunset;
import dev.portcullis.spring.ValidBody;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** The policy that the annotations of one element write. Not thread-safe. */
final class Writing {

    private final List<String> ways;
    private final HandlerMethod handler;
    private final Policy.Builder policy = Policy.builder();
    private final Map<String, Rate> limits = new LinkedHashMap<>();
    private final Map<String, dev.portcullis.config.ConcurrencyLimit> crowds = new LinkedHashMap<>();
    private @Nullable List<String> allow;
    private @Nullable List<String> deny;
    private final Authorize.Builder authorize = Authorize.builder();
    private boolean authorized;
    private boolean restricted;

    /**
     * A policy in which nothing is written.
     *
     * @param ways the ways to authenticate that are configured
     * @param handler the method that the policy is for
     */
    Writing(List<String> ways, HandlerMethod handler) {
        this.ways = ways;
        this.handler = handler;
    }

    void add(Annotation annotation) {
        if (annotation instanceof AllowFrom from) {
            allow = List.of(from.value());
        } else if (annotation instanceof DenyFrom from) {
            deny = List.of(from.value());
        } else if (annotation instanceof RequireScope require) {
            authorize(authorize.scopes(List.of(require.value())));
        } else if (annotation instanceof RequireRole require) {
            authorize(authorize.roles(List.of(require.value())));
        } else if (annotation instanceof RequireCondition require) {
            authorize(authorize.when(require.value()));
        } else if (annotation instanceof AuthorizedBy by) {
            authorize(authorize.authorizer(by.value()));
        } else if (annotation instanceof RequireStepUp require) {
            authorize(authorize.stepUp(stepUp(require)));
        } else if (annotation instanceof Authenticated authenticated) {
            authenticate(List.of(authenticated.value()));
        } else {
            addPart(annotation);
        }
    }

    private static StepUpSettings stepUp(RequireStepUp require) {
        return new StepUpSettings(
                given(require.acr()), given(require.amr()), given(require.maxAge()), given(require.kinds()), null);
    }

    private static @Nullable List<String> given(String[] words) {
        return words.length == 0 ? null : List.of(words);
    }

    private void addPart(Annotation annotation) {
        if (annotation instanceof Public) {
            policy.open();
        } else if (annotation instanceof RateLimit limit) {
            addLimit(limit);
        } else if (annotation instanceof ConcurrencyLimit limit) {
            addLimit(limit);
        } else if (annotation instanceof CircuitBreaker breaker) {
            addBreaker(breaker);
        } else if (annotation instanceof ValidBody body) {
            policy.body(Content.of(given(body.maxSize()), schemaOf(body)));
        } else if (annotation instanceof Cors cors) {
            addCors(cors);
        } else if (annotation instanceof Sunset sunset) {
            policy.sunset(given(sunset.deprecated()), given(sunset.value()), given(sunset.link()));
        } else if (annotation instanceof InspectAttacks inspect) {
            policy.attacks(Detection.of(given(inspect.mode()), inspect.level()));
        }
    }

    /** Whoever is asked what he may do is asked who he is. */
    private void authorize(Authorize.Builder written) {
        authorized = written == authorize;
        authenticate(List.of());
    }

    /** Ways named by an annotation stand before those that follow from a scope or a role. */
    private void authenticate(List<String> named) {
        if (!named.isEmpty()) {
            restricted = true;
            policy.authenticate(named);
        } else if (!restricted) {
            policy.authenticate(ways);
        }
    }

    private void addLimit(RateLimit limit) {
        var name = limit.name().isEmpty() ? limit.permits() + "-per-" + limit.per() : limit.name();
        var written = Rate.of(String.valueOf(limit.permits()), limit.per(), limit.by(), limit.refill());
        if (limits.putIfAbsent(name, written) != null) {
            throw new CannotTakeEffect(handler, "two `@RateLimit`s are named `" + name + "`", "give them names");
        }
    }

    private void addLimit(ConcurrencyLimit limit) {
        var name = limit.name().isEmpty() ? limit.permits() + "-by-" + nameOf(limit.by()) : limit.name();
        var written = new dev.portcullis.config.ConcurrencyLimit(
                String.valueOf(limit.permits()), limit.by(), given(limit.shareBy()), null, null, null, null);
        if (crowds.putIfAbsent(name, written) != null) {
            throw new CannotTakeEffect(handler, "two `@ConcurrencyLimit`s are named `" + name + "`", "give them names");
        }
    }

    /** A key as it can stand in a name. */
    private static String nameOf(String key) {
        return key.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    private void addBreaker(CircuitBreaker breaker) {
        policy.circuitBreaker(new dev.portcullis.config.CircuitBreaker(
                breaker.failureRate(),
                String.valueOf(breaker.minRequests()),
                breaker.window(),
                breaker.openFor(),
                String.valueOf(breaker.probes()),
                null,
                null));
    }

    private void addCors(Cors cors) {
        policy.cors(new CrossOrigin(
                List.of(cors.origins()),
                List.of(cors.methods()),
                List.of(cors.headers()),
                List.of(cors.expose()),
                String.valueOf(cors.credentials()),
                given(cors.maxAge()),
                null));
    }

    private String schemaOf(ValidBody body) {
        if (!body.schema().isEmpty()) {
            return body.schema();
        }
        var type = Stream.of(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(MethodParameter::getParameterType)
                .findFirst()
                .orElseThrow(() -> new CannotTakeEffect(
                        handler,
                        "`@ValidBody` has no schema, and the method has no `@RequestBody` to name one",
                        "name the schema: `@ValidBody(schema = \"classpath:schemas/...\")`"));
        return "classpath:schemas/" + kebab(type.getSimpleName()) + ".json";
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    Policy policy() {
        if (allow != null || deny != null) {
            policy.ip(Ip.of(allow, deny));
        }
        if (authorized) {
            policy.authorize(authorize.build());
        }
        if (!limits.isEmpty()) {
            policy.rateLimits(limits);
        }
        if (!crowds.isEmpty()) {
            policy.concurrency(crowds);
        }
        return policy.build();
    }
}
