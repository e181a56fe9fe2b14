package dev.portcullis.config;

import dev.portcullis.Request;
import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.KnownClient;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import dev.portcullis.match.PathPattern;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what is said of one key of a client.
 *
 * @param at the key
 * @param client whose it is
 * @param peppered whether there is a pepper
 */
record KeyCompiler(At at, KnownClient client, boolean peppered) {

    private static final String HASH = "make a hash with `portcullis keys hash`, and keep the key itself out of here";
    private static final String ROUTES = "write paths such as `/orders/{id}` or `/orders/**`";
    private static final String RANGES = "write addresses or ranges such as `203.0.113.0/24`";

    /** A key that is known by its hash alone; null when there is a problem. */
    @Nullable
    ApiKey compile(String hash) {
        var read = hash(at, hash);
        return read == null ? null : ApiKey.of(client).secret(read).build();
    }

    /** The key of this id; null when there is a problem. */
    @Nullable
    ApiKey compile(String id, ClientKey written) {
        var key =
                at.make(id, "write letters, digits and `-`, as between `prefix_` and `.secret`", ApiKey.of(client)::id);
        var secret = secret(at, written.hash(), written.notBefore(), written.expires());
        var previous = written.previous();
        var replaced = previous == null ? null : previous(at.child("previous"), previous);
        if (key == null || secret == null || previous != null && replaced == null) {
            return null;
        }
        key.secret(secret);
        if (replaced != null) {
            key.secret(replaced);
        }
        scopes(at.child("scopes"), written.scopes(), key);
        if (written.tier() != null) {
            key.tier(written.tier());
        }
        if (written.routes() != null) {
            key.routes(routes(at.child("routes"), written.routes()));
        }
        if (written.addresses() != null) {
            key.addresses(addresses(at.child("addresses"), written.addresses()));
        }
        return at.clean() ? key.build() : null;
    }

    private ApiKey.@Nullable Secret previous(At here, ClientKey.Previous written) {
        if (written.expires() == null) {
            here.child("expires").problem("missing", "write until when the old key still works, such as `2026-07-01`");
            return null;
        }
        return secret(here, written.hash(), null, written.expires());
    }

    private ApiKey.@Nullable Secret secret(
            At here, @Nullable String hash, @Nullable String notBefore, @Nullable String expires) {
        if (hash == null) {
            here.child("hash").problem("missing", HASH);
            return null;
        }
        var read = hash(here.child("hash"), hash);
        var begin = here.child("not-before").read(notBefore, Kind.TIME);
        var end = here.child("expires").read(expires, Kind.TIME);
        if (read == null || notBefore != null && begin == null || expires != null && end == null) {
            return null;
        }
        return here.child("expires").make("", "let it begin before it ends", unused -> secret(read, begin, end));
    }

    private static ApiKey.Secret secret(KeyHash hash, @Nullable Instant begin, @Nullable Instant end) {
        return new ApiKey.Secret(hash, begin, end);
    }

    /** The hash; null when it is none. What it is instead may be a secret, and is not shown. */
    private @Nullable KeyHash hash(At here, String text) {
        var hash = here.make(text, HASH, KeyHash::parse);
        if (hash != null && hash.peppered() && !peppered) {
            here.problem(
                    "a hash that was made with a pepper, but there is no `api-key.pepper`",
                    "write `api-key.pepper: ${API_KEY_PEPPER}`");
            return null;
        }
        return hash;
    }

    /** A key may do no more than its client. */
    private void scopes(At here, @Nullable List<String> written, ApiKey.Builder key) {
        if (written == null) {
            return;
        }
        for (var i = 0; i < written.size(); i++) {
            if (!client.scopes().isEmpty() && !client.scopes().contains(written.get(i))) {
                here.item(i)
                        .problem(
                                "`" + At.shown(written.get(i)) + "` is nothing that the client may do",
                                "add it to the client's `scopes`, or remove it");
            }
        }
        key.scopes(Set.copyOf(written));
    }

    private static Predicate<Request> routes(At here, List<String> written) {
        if (written.isEmpty()) {
            here.problem("an empty list, so that the key works nowhere", "name paths, or remove the key");
        }
        var patterns = here.each(written, ROUTES, PathPattern::parse);
        return request -> {
            for (var i = 0; i < patterns.size(); i++) {
                if (patterns.get(i).matches(request.path())) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Predicate<Request> addresses(At here, List<String> written) {
        if (written.isEmpty()) {
            here.problem("an empty list, so that the key works from nowhere", "name addresses, or remove the key");
        }
        var ranges = IpRanges.of(here.each(written, RANGES, IpRange::parse));
        return request -> ranges.contains(request.address());
    }
}
