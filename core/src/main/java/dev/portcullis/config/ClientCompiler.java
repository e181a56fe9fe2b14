package dev.portcullis.config;

import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.KnownClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the clients and their keys. Lives for one configuration. */
final class ClientCompiler {

    private static final String OWN = "give every client keys of its own";

    private final At at;
    private final boolean peppered;
    private final Set<String> otherwise;
    private final List<ApiKey> keys = new ArrayList<>();
    private final Map<KeyHash, String> holders = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    ClientCompiler(At at, boolean peppered, Set<String> otherwise) {
        this.at = at;
        this.otherwise = otherwise;
        this.peppered = peppered;
    }

    /** The keys of all clients, as far as they have no problem. */
    List<ApiKey> compile(Map<String, Client> written) {
        written.forEach((name, client) -> {
            var here = at.child(name);
            if (Names.demand(here, name)) {
                client(here, known(name, client), client);
            }
        });
        return List.copyOf(keys);
    }

    private static KnownClient known(String name, Client written) {
        return new KnownClient(name, setOf(written.scopes()), setOf(written.roles()), written.tenant(), written.tier());
    }

    /** A scope in which there is a space is none that anybody can demand (RFC 6749, section 3.3). */
    private static void demandWords(At here, @Nullable List<String> scopes) {
        for (var i = 0; scopes != null && i < scopes.size(); i++) {
            if (scopes.get(i).isBlank() || scopes.get(i).contains(" ")) {
                here.item(i)
                        .problem(
                                "`" + At.shown(scopes.get(i)) + "` (expected: one scope, without spaces)",
                                "write one word an item");
            }
        }
    }

    private void client(At here, KnownClient client, Client written) {
        demandWords(here.child("scopes"), written.scopes());
        var hashes = written.apiKeys() == null ? List.<String>of() : written.apiKeys();
        var byId = written.keys() == null ? Map.<String, ClientKey>of() : written.keys();
        if (hashes.isEmpty() && byId.isEmpty() && !otherwise.contains(client.id())) {
            here.child("api-keys").problem("none", "write the hash of each key; `portcullis keys hash` makes them");
        }
        for (var i = 0; i < hashes.size(); i++) {
            var item = here.child("api-keys").item(i);
            take(item, new KeyCompiler(item, client, peppered).compile(hashes.get(i)));
        }
        byId.forEach((id, key) -> {
            var item = here.child("keys").child(id);
            take(item, new KeyCompiler(item, client, peppered).compile(id, key));
        });
    }

    private void take(At here, @Nullable ApiKey key) {
        if (key == null) {
            return;
        }
        var name = key.client().id();
        var other = key.id() == null ? null : ids.put(key.id(), name);
        if (other != null) {
            here.problem("the same id as one of client `" + other + "`", OWN);
        }
        for (var hash : key.hashes()) {
            var holder = holders.put(hash, name);
            if (holder != null) {
                here.problem("the same key as one of client `" + holder + "`", OWN);
            }
        }
        keys.add(key);
    }

    private static Set<String> setOf(@Nullable List<String> words) {
        return words == null ? Set.of() : Set.copyOf(words);
    }
}
