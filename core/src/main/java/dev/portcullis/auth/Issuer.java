package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose tokens are trusted, and for what. Immutable. */
public final class Issuer {

    /** The tolerance for clocks that differ, unless told otherwise: 30 seconds. */
    public static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);

    /** The largest tolerance for clocks that differ: 5 minutes. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final String name;
    private final String issuer;
    private final Set<String> audiences;
    private final KeySource keySource;
    private final Set<Algorithm> algorithms;
    private final Duration clockSkew;
    private final Callers callers;
    private final KeyCare keyCare;
    private final ClaimRules rules;
    private final Possession possession;
    private final @Nullable DecryptionKeys decryption;

    private Issuer(Builder builder) {
        this.name = builder.name;
        this.issuer = builder.issuer;
        this.audiences = builder.audiences;
        this.keySource = builder.keySource;
        this.algorithms = builder.algorithms;
        this.clockSkew = builder.clockSkew;
        this.keyCare = builder.keyCare;
        this.rules = builder.rules;
        this.possession = builder.possession;
        this.decryption = builder.decryption;
        this.callers =
                new Callers(builder.name, builder.scopes, builder.roles, builder.client, builder.tenant, builder.tier);
    }

    /**
     * Starts an issuer.
     *
     * @param name its name in policies and logs
     * @param issuer the exact {@code iss} of its tokens
     */
    public static Builder builder(String name, String issuer) {
        return new Builder(name, issuer);
    }

    /** Its name in policies and logs. */
    public String name() {
        return name;
    }

    /** The exact {@code iss} of its tokens. */
    public String issuer() {
        return issuer;
    }

    /** The audiences of which a token must name at least one. */
    Set<String> audiences() {
        return audiences;
    }

    KeySource keySource() {
        return keySource;
    }

    Set<Algorithm> algorithms() {
        return algorithms;
    }

    long clockSkew() {
        return clockSkew.toMillis();
    }

    KeyCare keyCare() {
        return keyCare;
    }

    ClaimRules rules() {
        return rules;
    }

    /** What its tokens must be bound to. */
    Possession possession() {
        return possession;
    }

    /** What its tokens are encrypted to; null when encrypted ones are denied. */
    public @Nullable DecryptionKeys decryption() {
        return decryption;
    }

    Callers callers() {
        return callers;
    }

    /** Collects what is known of an issuer. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final String name;
        private final String issuer;
        private Set<String> audiences = Set.of();
        private KeySource keySource = KeySource.discovery();
        private Set<Algorithm> algorithms = Algorithm.asymmetric();
        private Duration clockSkew = DEFAULT_SKEW;
        private KeyCare keyCare = KeyCare.USUAL;
        private ClaimRules rules = ClaimRules.usual();
        private Possession possession = Possession.NONE;
        private List<ClaimPath> scopes = List.of(ClaimPath.parse("scope"), ClaimPath.parse("scp"));
        private List<ClaimPath> client = List.of(ClaimPath.parse("azp"), ClaimPath.parse("client_id"));
        private ClaimPath roles = ClaimPath.parse("roles");
        private @Nullable DecryptionKeys decryption;
        private @Nullable ClaimPath tenant;
        private @Nullable ClaimPath tier;

        private Builder(String name, String issuer) {
            this.name = requireText("name", name);
            this.issuer = requireText("issuer", issuer);
        }

        /** Says which audiences tokens must name at least one of. There is no default. */
        public Builder audiences(Set<String> wanted) {
            wanted.forEach(audience -> requireText("audiences", audience));
            audiences = Set.copyOf(wanted);
            return this;
        }

        /** Says where the keys come from; {@link KeySource#discovery} unless told otherwise. */
        public Builder keys(KeySource source) {
            keySource = requireNonNull(source, "source");
            return this;
        }

        /** Says how the keys are fetched and kept; {@link KeyCare#USUAL} unless told otherwise. */
        public Builder keyCare(KeyCare care) {
            keyCare = requireNonNull(care, "care");
            return this;
        }

        /** Says what tokens must say beside what all tokens must; {@link ClaimRules#usual} unless told otherwise. */
        public Builder rules(ClaimRules demanded) {
            rules = requireNonNull(demanded, "demanded");
            return this;
        }

        /** Says what tokens must be bound to; {@link Possession#NONE} unless told otherwise. */
        public Builder possession(Possession demanded) {
            possession = requireNonNull(demanded, "demanded");
            return this;
        }

        /** Says what tokens may be encrypted to; encrypted ones are denied unless told. */
        public Builder decryption(DecryptionKeys keys) {
            decryption = requireNonNull(keys, "keys");
            return this;
        }

        /** Says which algorithms tokens may be signed with; all but HMAC unless told otherwise. */
        public Builder algorithms(Set<Algorithm> allowed) {
            algorithms = Set.copyOf(allowed);
            return this;
        }

        /** Says how far clocks may differ: the tolerance for {@code nbf} and {@code iat}, from 0 to 5 minutes. */
        public Builder clockSkew(Duration tolerance) {
            if (tolerance.isNegative() || tolerance.compareTo(MAX_SKEW) > 0) {
                throw new IllegalArgumentException("clock-skew: `" + tolerance + "` (expected: 0 to 5 minutes)");
            }
            clockSkew = tolerance;
            return this;
        }

        /** Names the claim that holds the scopes; {@code scope} or else {@code scp} unless told otherwise. */
        public Builder scopesFrom(String claim) {
            scopes = List.of(ClaimPath.parse(claim));
            return this;
        }

        /** Names the claim that holds the roles, such as {@code realm_access.roles}; {@code roles} unless told otherwise. */
        public Builder rolesFrom(String claim) {
            roles = ClaimPath.parse(claim);
            return this;
        }

        /** Names the claim that holds the client; {@code azp} or else {@code client_id} unless told otherwise. */
        public Builder clientFrom(String claim) {
            client = List.of(ClaimPath.parse(claim));
            return this;
        }

        /** Names the claim that holds the tenant; none unless told. */
        public Builder tenantFrom(String claim) {
            tenant = ClaimPath.parse(claim);
            return this;
        }

        /** Names the claim that holds the caller's plan; none unless told. */
        public Builder tierFrom(String claim) {
            tier = ClaimPath.parse(claim);
            return this;
        }

        /**
         * Builds the issuer.
         *
         * @throws IllegalArgumentException when no audience is named, when algorithms and keys do not fit each other, or when an
         *     inline key set cannot be used
         */
        public Issuer build() {
            if (audiences.isEmpty()) {
                throw new IllegalArgumentException(
                        "audiences: none (expected: at least one, or any token of the issuer passes)");
            }
            requireFittingAlgorithms();
            if (keySource instanceof KeySource.Discovery) {
                requireNonNull(Fetcher.metadata(issuer), "metadata");
            }
            if (keySource instanceof KeySource.Inline inline) {
                requireKeys(inline);
            }
            return new Issuer(this);
        }

        private void requireFittingAlgorithms() {
            if (algorithms.isEmpty()) {
                throw new IllegalArgumentException("algorithms: none (expected: at least one)");
            }
            var symmetric = algorithms.stream().filter(Algorithm::isSymmetric).count();
            if (symmetric > 0 && !(keySource instanceof KeySource.Inline)) {
                throw new IllegalArgumentException("algorithms: HMAC (expected: only with an inline key set)");
            }
            if (symmetric > 0 && symmetric < algorithms.size()) {
                throw new IllegalArgumentException("algorithms: " + EnumSet.copyOf(algorithms)
                        + " (expected: HMAC alone, or a public key may be taken for a secret)");
            }
        }

        private void requireKeys(KeySource.Inline inline) {
            var keys = new JwkReader(algorithms, false).read(inline.jwks().getBytes(StandardCharsets.UTF_8));
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("jwks: no usable key " + keys.notes() + " (expected: at least one)");
            }
        }

        private static String requireText(String what, String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException(what + ": blank (expected: a text)");
            }
            return text;
        }
    }
}
