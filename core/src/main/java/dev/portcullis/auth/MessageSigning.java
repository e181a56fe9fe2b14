package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body.Content;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.auth.SignatureChoice.Chosen;
import dev.portcullis.auth.SignatureChoice.Signed;
import dev.portcullis.auth.SignatureChoice.Unchosen;
import dev.portcullis.http.Structured.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP message signatures (RFC 9421) by known keys, with digests of bodies (RFC 9530). Immutable.
 *
 * <p>A request carries signatures by keys of one caller, mostly one, and all of them hold; those of others are left alone. Time and what it covers are judged
 * first, then the signature, and the body at last.
 */
@TrustedBase
public final class MessageSigning implements Signing {

    /** How old a signature may be, unless told otherwise: 60 seconds. */
    public static final Duration DEFAULT_AGE = Duration.ofSeconds(60);

    /** How old a signature may ever be: 7 days, for which nonces are remembered. */
    public static final Duration MAX_AGE = Duration.ofDays(7);

    /** How far clocks may differ, unless told otherwise: 5 seconds. */
    public static final Duration DEFAULT_SKEW = Duration.ofSeconds(5);

    /** The longest nonce, in characters. */
    public static final int MAX_NONCE = 256;

    private final String name;
    private final SignatureChoice choice;
    private final List<Item> required;
    private final long maxAge;
    private final long skew;
    private final Replays nonce;
    private final boolean unsignedBodies;

    private MessageSigning(Builder builder) {
        this.name = builder.name;
        this.choice = new SignatureChoice(Map.copyOf(builder.keys), builder.tag, builder.label);
        this.required = List.copyOf(builder.required);
        this.maxAge = builder.maxAge.toMillis();
        this.skew = builder.skew.toMillis();
        this.nonce = builder.nonce;
        this.unsignedBodies = builder.unsignedBodies;
    }

    /** Starts a way of signing, by its name in policies and logs. */
    public static Builder builder(String name) {
        requireNonNull(name, "name");
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean presented(Request request) {
        return request.header(MessageSignature.INPUT) != null || request.header(MessageSignature.SIGNATURE) != null;
    }

    @Override
    public boolean remembers() {
        return nonce != Replays.OFF;
    }

    /** What costs little is asked of all signatures that are meant before any is verified, and the body is read at last. */
    @Override
    public Verdict judge(Request request, long bound, long now) {
        var meant = choice.of(request);
        if (meant instanceof Unchosen unchosen) {
            return unchosen.deny();
        }
        var chosen = (Chosen) meant;
        for (var one : chosen.all()) {
            var objection = objectionTo(one, request, now);
            if (objection != null) {
                return objection;
            }
        }
        for (var one : chosen.all()) {
            var objection = objectionToSignature(one, request);
            if (objection != null) {
                return objection;
            }
        }
        for (var one : chosen.all()) {
            if (judgeBody(one.signature(), request, bound) instanceof Verdict.Deny deny) {
                return deny;
            }
        }
        return chosen.key().pass();
    }

    private static Verdict.@Nullable Deny objectionToSignature(Signed signed, Request request) {
        var base = SignedText.of(request, signed.signature().input());
        if (base == null) {
            return SignatureDenials.NO_BASE;
        }
        var holds = signed.key().verifies(signed.signature().bytes(), SignedText.bytes(base));
        return holds ? null : SignatureDenials.SIGNATURE;
    }

    /** What is wrong with what the signature says of itself; null when nothing is. */
    private Verdict.@Nullable Deny objectionTo(Signed signed, Request request, long now) {
        var signature = signed.signature();
        var algorithm = signature.text("alg");
        if (algorithm != null && !algorithm.equals(signed.key().algorithm().id())) {
            return SignatureDenials.ALGORITHM;
        }
        for (var component : required) {
            if (!signature.covers(component)) {
                return SignatureDenials.UNCOVERED;
            }
        }
        var late = objectionToTime(signature, now);
        return late != null ? late : objectionToNonce(signature.text("nonce"), request.method());
    }

    private Verdict.@Nullable Deny objectionToTime(MessageSignature signature, long now) {
        var created = signature.time("created");
        var expires = signature.time("expires");
        if (created == null) {
            return SignatureDenials.NO_TIME;
        }
        if (created > now + skew) {
            return SignatureDenials.FUTURE;
        }
        return now - created > maxAge + skew || expires != null && now >= expires ? SignatureDenials.EXPIRED : null;
    }

    private Verdict.@Nullable Deny objectionToNonce(@Nullable String said, String method) {
        if (said == null || said.isEmpty()) {
            return nonce.demands(method) ? SignatureDenials.NO_NONCE : null;
        }
        return said.length() > MAX_NONCE ? SignatureDenials.NONCE_TOO_LONG : null;
    }

    private Verdict judgeBody(MessageSignature signature, Request request, long bound) {
        if (!ContentDigest.isCoveredBy(signature)) {
            return unsignedBodies || request.body().isEmpty() ? Verdict.pass() : SignatureDenials.BODY_UNCOVERED;
        }
        var content = request.body().content(bound);
        return content instanceof Content.Whole whole
                ? ContentDigest.judge(request.headers(ContentDigest.FIELD), whole.bytes())
                : ((Content.Denied) content).deny();
    }

    /** All of them: whoever leaves out one that was sent has not got a request that was not. */
    @Override
    public List<Spent> spent(Request request, long bound, long now) {
        if (nonce == Replays.OFF || !(choice.of(request) instanceof Chosen chosen)) {
            return List.of();
        }
        // Two signatures may have one nonce, which is good until the later of them is too old.
        var latest = new LinkedHashMap<String, Spent>();
        for (var one : chosen.all()) {
            spent(one).ifPresent(spent -> latest.merge(spent.key(), spent, (a, b) -> a.until() < b.until() ? b : a));
        }
        return List.copyOf(latest.values());
    }

    private Optional<Spent> spent(Signed signed) {
        var said = signed.signature().text("nonce");
        var created = signed.signature().time("created");
        if (said == null || said.isEmpty() || created == null) {
            return Optional.empty();
        }
        var key = Fingerprint.of(name + "\n" + signed.key().id() + "\n" + said);
        return Optional.of(new Spent(key.hex(), created + maxAge + 2 * skew));
    }

    static Duration demandAge(Duration age) {
        if (age.isZero() || age.isNegative() || age.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException(
                    "max-age: `" + age + "` (expected: more than 0, and at most " + MAX_AGE.toDays() + " days)");
        }
        return age;
    }

    /** Collects what signatures must be. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final String name;
        private final Map<String, SignatureKey> keys = new HashMap<>();
        private List<Item> required = List.of(new Item("@method", Map.of()), new Item("@target-uri", Map.of()));
        private Duration maxAge = DEFAULT_AGE;
        private Duration skew = DEFAULT_SKEW;
        private Replays nonce = Replays.UNSAFE;
        private @Nullable String tag;
        private @Nullable String label;
        private boolean unsignedBodies;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Adds a key.
         *
         * @throws IllegalArgumentException when there is one of its id
         */
        public Builder key(SignatureKey key) {
            if (keys.putIfAbsent(key.id(), key.under(name)) != null) {
                throw new IllegalArgumentException("keys: `" + key.id() + "` twice (expected: every id once)");
            }
            return this;
        }

        /**
         * Says which components a signature must cover, beside the digest of a body; {@code @method} and {@code @target-uri}
         * unless told otherwise.
         *
         * @param components names such as {@code @method}, {@code content-type} or {@code @query-param;name="id"}
         * @throws IllegalArgumentException when one is no name of a component
         */
        public Builder required(List<String> components) {
            var items = new ArrayList<Item>();
            components.forEach(component -> items.add(RequiredComponent.read(component)));
            required = items;
            return this;
        }

        /**
         * Says how old a signature may be.
         *
         * @throws IllegalArgumentException when it may not even be new, or older than {@link #MAX_AGE}
         */
        public Builder maxAge(Duration age) {
            maxAge = demandAge(age);
            return this;
        }

        /** Says how far clocks may differ, at most 5 minutes. */
        public Builder clockSkew(Duration tolerance) {
            if (tolerance.compareTo(Issuer.MAX_SKEW) > 0) {
                throw new IllegalArgumentException("clock-skew: `" + tolerance + "` (expected: 0 to 5 minutes)");
            }
            skew = tolerance;
            return this;
        }

        /** Says which requests must carry a nonce; those of methods that change something unless told otherwise. */
        public Builder nonce(Replays demand) {
            nonce = demand;
            return this;
        }

        /**
         * Says which {@code tag} a signature must have; any unless told.
         *
         * @throws IllegalArgumentException when no signature can have it
         */
        public Builder tag(String wanted) {
            if (wanted.isBlank() || !wanted.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                throw new IllegalArgumentException("tag: `" + wanted + "` (expected: visible ASCII characters)");
            }
            tag = wanted;
            return this;
        }

        /**
         * Says which label a signature must have; any unless told.
         *
         * @throws IllegalArgumentException when no signature can have it
         */
        public Builder label(String wanted) {
            if (!wanted.matches("[a-z*][a-z0-9_.*-]*")) {
                throw new IllegalArgumentException(
                        "label: `" + wanted + "` (expected: a name in lower case, as `sig1`)");
            }
            label = wanted;
            return this;
        }

        /** Lets bodies pass that no signature covers. Whoever is on the way can change them. */
        public Builder unsafeUnsignedBodies() {
            unsignedBodies = true;
            return this;
        }

        /**
         * Builds the way of signing.
         *
         * @throws IllegalArgumentException when there is no key
         */
        public MessageSigning build() {
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("keys: none (expected: at least one)");
            }
            return new MessageSigning(this);
        }
    }
}
