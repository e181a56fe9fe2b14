package dev.portcullis.config;

import dev.portcullis.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes callers of the clients that are written, for ways that only prove who they are. */
final class Callers {

    private Callers() {}

    /** The client of this name with all that is written of it, or one of which only the name is known. */
    static Principal of(Configuration written, String name) {
        var clients = written.clients();
        var client = clients == null ? null : clients.get(name);
        return new Principal(
                name,
                Principal.Kind.CLIENT,
                "clients",
                name,
                client == null ? null : client.tenant(),
                client == null ? null : client.tier(),
                client == null ? Set.of() : setOf(client.scopes()),
                client == null ? Set.of() : setOf(client.roles()),
                Map.of(),
                "client");
    }

    private static Set<String> setOf(@Nullable List<String> words) {
        return words == null ? Set.of() : Set.copyOf(words);
    }

    /** The names of the clients that need no API keys. */
    static Set<String> otherwiseProven(Configuration written) {
        var names = new HashSet<String>();
        var signatures = written.signatures() == null ? Map.<String, SignedRequests>of() : written.signatures();
        for (var way : signatures.values()) {
            var keys = way.keys() == null ? Map.<String, SignedRequests.SigningKey>of() : way.keys();
            keys.values().forEach(key -> names.add(String.valueOf(key.client())));
        }
        var clients = written.clients() == null ? Map.<String, Client>of() : written.clients();
        clients.forEach((name, client) -> {
            if (client.certificates() != null || client.tokens() != null) {
                names.add(name);
            }
        });
        return names;
    }

    /** Tells whether some client has API keys, or lacks them. */
    static boolean haveKeys(Configuration written) {
        var clients = written.clients() == null ? Map.<String, Client>of() : written.clients();
        var otherwise = otherwiseProven(written);
        return clients.entrySet().stream()
                .anyMatch(client -> client.getValue().apiKeys() != null
                        || client.getValue().keys() != null
                        || !otherwise.contains(client.getKey()));
    }
}
