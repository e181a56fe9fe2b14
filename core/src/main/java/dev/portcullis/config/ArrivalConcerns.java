package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what policies demand of callers for what nobody who is written could meet. */
final class ArrivalConcerns {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final Concern CLOSED_WAY = new Concern(
            "closed-way", Severity.WARNING, "A way to say who calls is taken, and whoever comes by it is denied.");
    private static final Concern NOBODY_MAY =
            new Concern("nobody-may", Severity.WARNING, "A policy demands what none has who can come.");
    private static final Concern NOBODY_REVOKED = new Concern(
            "nobody-revoked",
            Severity.WARNING,
            "A client is revoked or denied that is not written, where no others can come.");

    static final List<Concern> ALL = List.of(CLOSED_WAY, NOBODY_MAY, NOBODY_REVOKED);

    /** Ways that bring clients which are written, and nobody else. */
    private static final Set<String> WRITTEN = Set.of(Identities.API_KEY, Signers.SIGNATURE, Identities.CERTIFICATE);

    private final Configuration written;
    private final Map<String, Client> clients;
    private final Found sink;

    ArrivalConcerns(Configuration written, Found sink) {
        this.written = written;
        this.clients = written.clients() == null ? Map.of() : written.clients();
        this.sink = sink;
    }

    /** Says in the log what is found, for a gate that starts all the same. */
    static void warn(Configuration written) {
        new ArrivalConcerns(written, (concern, key, message, help) -> LOG.warn("{}: {} ({})", key, message, help))
                .look();
    }

    /** Looks at all policies and denials. */
    void look() {
        var policies = written.policies() == null ? Map.<String, Policy>of() : written.policies();
        policies.forEach((name, policy) -> {
            if (policy.authenticate() != null && policy.authorize() != null) {
                look("policies." + name, policy.authenticate(), policy.authorize());
            }
        });
        var denials = written.denials() == null ? null : written.denials().entries();
        for (var i = 0; denials != null && i < denials.size(); i++) {
            denied("denials.entries[" + i + "].value", denials.get(i));
        }
    }

    private void look(String key, List<String> ways, Authorize part) {
        var kinds = Arrivals.kinds(part.kinds());
        var step = part.stepUp();
        var logins = step == null ? null : Arrivals.kinds(step.kinds());
        for (var i = 0; i < ways.size(); i++) {
            var here = key + ".authenticate[" + i + "]";
            if (!kinds.isEmpty() && !Arrivals.brings(ways.get(i), kinds)) {
                closed(here, ways.get(i), "authorize.kinds");
            }
            if (logins != null && !Arrivals.canLogIn(ways.get(i), logins)) {
                closed(here, ways.get(i), "authorize.step-up");
            }
        }
        if (ways.stream().map(Arrivals::way).allMatch(WRITTEN::contains) && areAllWritten()) {
            rights(key + ".authorize", part);
        }
    }

    private void closed(String key, String way, String demand) {
        sink.take(
                CLOSED_WAY,
                key,
                "`" + way + "` brings nobody whom `" + demand + "` lets through",
                "remove it, or widen `" + demand + "`");
    }

    /** Tells whether all clients stand in the configuration itself. */
    private boolean areAllWritten() {
        var keys = written.apiKey();
        var certificates = written.certificates();
        return !clients.isEmpty()
                && (keys == null || keys.file() == null && keys.jdbc() == null)
                && (certificates == null || certificates.match() == null);
    }

    private void rights(String key, Authorize part) {
        var scopes = scopes();
        missing(key + ".scopes", "scope", part.scopes(), word -> !scopes.contains(word));
        if (part.anyScope() != null && part.anyScope().stream().noneMatch(scopes::contains)) {
            missing(key + ".any-scope", "scope", part.anyScope(), word -> true);
        }
        if (part.roles() != null
                && written.roles() == null
                && part.roles().stream().noneMatch(roles()::contains)) {
            missing(key + ".roles", "role", part.roles(), word -> true);
        }
        if (part.tenant() != null && clients.values().stream().allMatch(client -> client.tenant() == null)) {
            sink.take(NOBODY_MAY, key + ".tenant", "no client has a tenant", "write `clients.NAME.tenant`");
        }
    }

    private void missing(String key, String what, @Nullable List<String> words, Predicate<String> lacks) {
        for (var word : words == null ? List.<String>of() : words) {
            if (lacks.test(word)) {
                sink.take(
                        NOBODY_MAY,
                        key,
                        "no client has the " + what + " `" + At.shown(word) + "`",
                        "write it under `clients.NAME." + what + "s`, or correct it here");
            }
        }
    }

    /** What some client may do; a key has no more than its client. */
    private Set<String> scopes() {
        return all(Client::scopes);
    }

    private Set<String> roles() {
        return all(Client::roles);
    }

    private Set<String> all(Function<Client, @Nullable List<String>> words) {
        return clients.values().stream()
                .map(words)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void denied(String key, DenialSettings.Entry entry) {
        var word = entry.revoke() == null ? entry.deny() : entry.revoke();
        var value = entry.value();
        var others = written.issuers() != null && !written.issuers().isEmpty() || written.session() != null;
        if ("client".equals(word) && value != null && !others && areAllWritten() && !isClient(value)) {
            sink.take(
                    NOBODY_REVOKED,
                    key,
                    "no client `" + At.shown(value) + "`",
                    Nearest.to(value, clients.keySet())
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("write a name under `clients`"));
        }
    }

    private boolean isClient(String name) {
        return clients.containsKey(name) || Callers.otherwiseProven(written).contains(name);
    }
}
