package dev.portcullis.config;

import dev.portcullis.auth.ApiKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles the clients and their keys. Lives for one configuration. */
final class ClientCompiler {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final String HASH = "make a hash with `portcullis keys hash`, and keep the key itself out of here";

    private final At at;
    private final Map<String, String> holders = new HashMap<>();

    ClientCompiler(At at) {
        this.at = at;
    }

    /** The keys of all clients; null when there is a problem. */
    @Nullable
    ApiKeys compile(Map<String, Client> written, String header) {
        var clients = new ArrayList<ApiKeys.Client>();
        written.forEach((name, client) -> {
            var one = client(at.child(name), name, client);
            if (one != null) {
                clients.add(one);
            }
        });
        return clients.size() < written.size()
                ? null
                : at.make(header, "give every client keys of its own", text -> ApiKeys.of(text, clients));
    }

    /** The header that keys come in; null when there is a problem. */
    static @Nullable String header(At at, Configuration.@Nullable ApiKeyHeader written) {
        var header = written == null ? null : written.header();
        if (header == null) {
            return ApiKeys.DEFAULT_HEADER;
        }
        var here = at.child("header");
        if (!HEADER.matcher(header).matches()) {
            here.problem(
                    "`" + At.shown(header) + "` (expected: the name of a header)", "write a name such as `X-API-Key`");
            return null;
        }
        if (header.equalsIgnoreCase("authorization") || header.equalsIgnoreCase("cookie")) {
            here.problem(
                    "`" + header + "` carries other credentials", "choose a header of its own, such as `X-API-Key`");
            return null;
        }
        return header;
    }

    private ApiKeys.@Nullable Client client(At here, String name, Client written) {
        var known = Names.demand(here, name);
        var keys = written.apiKeys();
        if (keys == null || keys.isEmpty()) {
            here.child("api-keys").problem("none", "write the hash of each key; `portcullis keys hash` makes them");
            return null;
        }
        if (!known || !hashes(here.child("api-keys"), name, keys)) {
            return null;
        }
        return here.make(
                name,
                HASH,
                text -> new ApiKeys.Client(
                        text, keys, setOf(written.scopes()), setOf(written.roles()), written.tenant(), written.tier()));
    }

    /** Tells whether all keys are hashes. What they are instead may be a secret, and is not shown. */
    private boolean hashes(At here, String name, List<String> keys) {
        var all = true;
        for (var i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            all &= here.item(i)
                            .make(
                                    key,
                                    HASH,
                                    text -> new ApiKeys.Client(name, List.of(text), Set.of(), Set.of(), null, null))
                    != null;
            var other = holders.put(key, name);
            if (other != null) {
                here.item(i)
                        .problem("the same key as one of client `" + other + "`", "give every client keys of its own");
                all = false;
            }
        }
        return all;
    }

    private static Set<String> setOf(@Nullable List<String> words) {
        return words == null ? Set.of() : Set.copyOf(words);
    }
}
