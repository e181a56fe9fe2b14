package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A key of a client: known by its hash, and good for a time, on some routes, from some addresses. Immutable.
 *
 * <p>A key of the form {@code prefix_id.secret} has a public id, and may have two secrets while one replaces the other.
 */
@TrustedBase
public final class ApiKey {

    /** How many secrets one id may have. */
    public static final int MAX_SECRETS = 2;

    /** The principal's claim that holds the id of the key that was presented. */
    public static final String CLAIM = "key";

    private final @Nullable String id;
    private final KnownClient client;
    private final List<Secret> secrets;
    private final @Nullable Predicate<Request> routes;
    private final @Nullable Predicate<Request> addresses;
    private final Verdict.Pass pass;
    private final Lock newest;
    private final Lock oldest;
    private final boolean peppered;
    private final Verdict.Deny wrong;

    /**
     * A secret as it is asked at every request, all in one place.
     *
     * @param a the first eight bytes of the hash, and so on
     * @param peppered whether a pepper was mixed in
     * @param begin when it may first be used, in milliseconds of the epoch
     * @param end when it is over, in milliseconds of the epoch
     */
    record Lock(long a, long b, long c, long d, boolean peppered, long begin, long end) {

        static Lock of(Secret secret) {
            var print = secret.hash().print();
            var begin = secret.notBefore();
            var end = secret.expires();
            return new Lock(
                    print.a(),
                    print.b(),
                    print.c(),
                    print.d(),
                    secret.hash().peppered(),
                    begin == null ? Long.MIN_VALUE : begin.toEpochMilli(),
                    end == null ? Long.MAX_VALUE : end.toEpochMilli());
        }

        boolean isTimed() {
            return begin != Long.MIN_VALUE || end != Long.MAX_VALUE;
        }

        boolean fits(PresentedKey key) {
            return isOf(peppered ? key.peppered() : key.plain());
        }

        /** Compares without telling by its duration where the difference is. */
        boolean isOf(Fingerprint print) {
            return ((a ^ print.a()) | (b ^ print.b()) | (c ^ print.c()) | (d ^ print.d())) == 0;
        }
    }

    /**
     * What is secret of a key, by its hash. Immutable.
     *
     * @param hash the hash of the whole key, its prefix and its id included
     * @param notBefore when it may first be used; null when at once
     * @param expires when it is over; null when never
     */
    public record Secret(
            KeyHash hash,
            @Nullable Instant notBefore,
            @Nullable Instant expires) {

        /** Checks that there is a time between the two. */
        public Secret {
            requireNonNull(hash, "hash");
            if (notBefore != null && expires != null && !notBefore.isBefore(expires)) {
                throw new IllegalArgumentException(
                        "expires: `" + expires + "` (expected: after `not-before`, which is `" + notBefore + "`)");
            }
        }
    }

    private ApiKey(Builder builder) {
        this.id = builder.id;
        this.client = builder.client;
        this.secrets = List.copyOf(builder.secrets);
        this.newest = Lock.of(secrets.get(0));
        this.oldest = secrets.size() == 1 ? newest : Lock.of(secrets.get(secrets.size() - 1));
        this.peppered = newest.peppered() || oldest.peppered();
        this.wrong = deny("wrong-key-secret");
        this.routes = builder.routes;
        this.addresses = builder.addresses;
        this.pass = Verdict.Pass.identifying(new Principal(
                client.id(),
                Principal.Kind.CLIENT,
                "clients",
                client.id(),
                client.tenant(),
                builder.tier,
                builder.scopes,
                client.roles(),
                id == null ? Map.of() : Map.of(CLAIM, id),
                "api-key"));
    }

    /** Starts a key of this client. */
    public static Builder of(KnownClient client) {
        return new Builder(client);
    }

    /** Its public id; null when it has none. */
    public @Nullable String id() {
        return id;
    }

    /** Whose it is. */
    public KnownClient client() {
        return client;
    }

    /** By what its secrets are known. */
    public List<KeyHash> hashes() {
        return secrets.stream().map(Secret::hash).toList();
    }

    List<Secret> secrets() {
        return secrets;
    }

    /** The verdict on every request that brings the secret of this hash; null when it depends on the time or the request. */
    Verdict.@Nullable Pass always(Fingerprint print) {
        var timed = (newest.isOf(print) ? newest : oldest).isTimed();
        return timed || routes != null || addresses != null ? null : pass;
    }

    /** The verdict on requests that bring it, where it is good. */
    Verdict.Pass pass() {
        return pass;
    }

    /** Judges a key that was looked up. */
    Verdict judge(PresentedKey key, Request request, Clock clock) {
        var fitsNewest = newest.fits(key);
        var fitsOldest = oldest.fits(key);
        if (!fitsNewest && !fitsOldest) {
            return wrong;
        }
        var lock = fitsNewest ? newest : oldest;
        if (lock.isTimed()) {
            var now = clock.millis();
            if (now >= lock.end()) {
                return deny("key-expired");
            }
            if (now < lock.begin()) {
                return deny("key-not-yet-valid");
            }
        }
        if (addresses != null && !addresses.test(request)) {
            return deny("key-address-not-allowed");
        }
        return routes == null || routes.test(request) ? pass : deny("key-route-not-allowed");
    }

    /**
     * The denial of a key that has the id of this one, and whose hash is not among those of all keys: made once, so that guessing costs
     * about as much as knowing.
     *
     * @throws IllegalStateException when it may be right, under a pepper that is not here
     */
    Verdict.Deny wrong(PresentedKey key) {
        if (peppered) {
            key.demandPepper();
        }
        return wrong;
    }

    /** The operator learns which key of whom it was; the client learns nothing. */
    private Verdict.Deny deny(String reason) {
        var whose = id == null ? client.id() : client.id() + " " + id;
        return Verdict.deny(ApiKeys.INVALID, new Verdict.Evidence(reason, List.of(whose), ""));
    }

    /** Collects what is known of a key. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final KnownClient client;
        private final List<Secret> secrets = new ArrayList<>();
        private @Nullable String id;
        private Set<String> scopes;
        private @Nullable String tier;
        private @Nullable Predicate<Request> routes;
        private @Nullable Predicate<Request> addresses;

        private Builder(KnownClient client) {
            this.client = client;
            this.scopes = client.scopes();
            this.tier = client.tier();
        }

        /**
         * Sets the public id: what stands in a key after the last underscore and before the first full stop.
         *
         * @throws IllegalArgumentException when it is no id
         */
        public Builder id(String text) {
            if (!PresentedKey.isId(text)) {
                throw new IllegalArgumentException("id: not one (expected: 1 to " + PresentedKey.MAX_ID
                        + " letters, digits and `-`, as in `prefix_ID.secret`)");
            }
            id = text;
            return this;
        }

        /** Adds a secret that is good for ever. */
        public Builder secret(KeyHash hash) {
            return secret(new Secret(hash, null, null));
        }

        /** Adds a secret. */
        public Builder secret(Secret secret) {
            secrets.add(requireNonNull(secret, "secret"));
            return this;
        }

        /** Sets what the key may be used for; what the client may do unless told otherwise. */
        public Builder scopes(Set<String> other) {
            scopes = Set.copyOf(other);
            return this;
        }

        /** Sets the plan; the client's unless told otherwise. */
        public Builder tier(String other) {
            tier = requireNonNull(other, "tier");
            return this;
        }

        /** Sets where the key may be used; everywhere unless told otherwise. */
        public Builder routes(Predicate<Request> allowed) {
            routes = requireNonNull(allowed, "allowed");
            return this;
        }

        /** Sets from where the key may be used; from everywhere unless told otherwise. */
        public Builder addresses(Predicate<Request> allowed) {
            addresses = requireNonNull(allowed, "allowed");
            return this;
        }

        /**
         * Builds the key.
         *
         * @throws IllegalArgumentException when it has no secret, or more than {@link #MAX_SECRETS}, or two without an id
         */
        public ApiKey build() {
            var most = id == null ? 1 : MAX_SECRETS;
            if (secrets.isEmpty() || secrets.size() > most) {
                throw new IllegalArgumentException(
                        "api-keys: a key with " + secrets.size() + " secrets (expected: 1, or with an id 1 to 2)");
            }
            return new ApiKey(this);
        }
    }
}
