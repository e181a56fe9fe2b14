package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that clients send in a header, known by their hash only. Thread-safe.
 *
 * <p>A key is looked for by its hash, and compared in constant time. The id of one of the form {@code prefix_id.secret} says whose
 * secret it was that somebody guessed at, and what to ask a {@link ClientStore} for. A key of which everybody can try all values needs more than a hash: hand out random keys of at least 128 bits.
 */
@TrustedBase
public final class ApiKeys extends Scheme {

    /** The header that keys come in unless told otherwise. */
    public static final String DEFAULT_HEADER = "X-API-Key";

    /** The longest key, in characters. */
    public static final int MAX_KEY = 256;

    /** Headers that carry other credentials. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private static final String CHALLENGE = "ApiKey " + REALM;
    static final Reply INVALID = Reply.problem(401, "invalid-api-key").with("WWW-Authenticate", CHALLENGE);
    private static final Verdict.Deny MALFORMED = Verdict.deny(INVALID, Verdict.Evidence.of("malformed-api-key"));
    private static final Verdict.Deny TOO_LONG = Verdict.deny(INVALID, Verdict.Evidence.of("api-key-too-long"));
    private static final Verdict.Deny UNKNOWN = Verdict.deny(INVALID, Verdict.Evidence.of("unknown-api-key"));

    private final String header;
    private final @Nullable Pepper pepper;
    private final Clock clock;
    private final Supplier<KeyTable> table;
    private final @Nullable KeptKeys store;

    private final ProvenKeys proven = new ProvenKeys();

    private ApiKeys(Builder builder) {
        this.header = builder.header;
        this.pepper = builder.pepper;
        this.clock = builder.clock;
        this.table = builder.table;
        this.store = builder.store;
    }

    /** Starts with keys that are told expired by this clock. */
    public static Builder builder(Clock clock) {
        return new Builder(clock);
    }

    /**
     * These keys, in {@link #DEFAULT_HEADER}.
     *
     * @throws IllegalArgumentException when two keys have one id or one hash
     */
    public static ApiKeys of(List<ApiKey> keys) {
        return builder(Clock.systemUTC()).keys(keys).build();
    }

    @Override
    int presented(Request request) {
        return lines(request, header);
    }

    @Override
    List<String> challenges() {
        return List.of(CHALLENGE);
    }

    @Override
    Verdict judge(Request request) {
        var text = text(request);
        if (text.length() > MAX_KEY) {
            return TOO_LONG;
        }
        var presented = new PresentedKey(text, pepper);
        if (!presented.isVisible()) {
            return MALFORMED;
        }
        var known = table.get();
        var pass = known.pass(presented);
        if (pass == null) {
            return remembered(judge(known, presented, request), presented);
        }
        proven.add(presented.print());
        return pass;
    }

    private Verdict remembered(Verdict verdict, PresentedKey presented) {
        if (verdict instanceof Verdict.Pass) {
            proven.add(presented.print());
        }
        return verdict;
    }

    private Verdict judge(KeyTable known, PresentedKey presented, Request request) {
        var found = known.find(presented);
        if (found != null) {
            return found.judge(presented, request, clock);
        }
        var id = presented.id();
        var guessed = known.wrong(id, presented);
        if (guessed != null) {
            return guessed;
        }
        var kept = id == null || store == null ? null : store.find(id);
        return kept == null ? UNKNOWN : kept.judge(presented, request, clock);
    }

    /** What the only line of the header says. */
    private String text(Request request) {
        var text = request.header(header);
        return text == null ? "" : text;
    }

    @Override
    Claim claim(Request request) {
        var text = text(request);
        if (text.isEmpty() || text.length() > MAX_KEY) {
            return Claim.UNKNOWN;
        }
        var presented = new PresentedKey(text, pepper);
        if (proven.contains(presented.plain()) || pepper != null && proven.contains(presented.peppered())) {
            return Claim.PROVEN;
        }
        var id = presented.id();
        return id == null ? Claim.of(presented.plain()) : Claim.of("api-key", id);
    }

    /** Collects where keys are, and how they are sent. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final Clock clock;
        private String header = DEFAULT_HEADER;
        private @Nullable Pepper pepper;
        private Supplier<KeyTable> table = KeyTable::empty;
        private @Nullable KeptKeys store;

        private Builder(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
        }

        /**
         * Sets the header that keys come in; {@link #DEFAULT_HEADER} unless told otherwise.
         *
         * @throws IllegalArgumentException when it carries other credentials
         */
        public Builder header(String name) {
            if (name.isBlank() || CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "header: `" + name + "` (expected: one of its own, not that of other credentials)");
            }
            header = name;
            return this;
        }

        /** Sets what is mixed into hashes that begin with {@code hmac-sha256:}. */
        public Builder pepper(Pepper secret) {
            pepper = requireNonNull(secret, "secret");
            return this;
        }

        /**
         * Sets the keys.
         *
         * @throws IllegalArgumentException when two keys have one id or one hash
         */
        public Builder keys(List<ApiKey> keys) {
            var fixed = KeyTable.of(keys);
            return keys(() -> fixed);
        }

        /** Sets what gives the keys of the moment. It is asked at every request, and answers at once. */
        public Builder keys(Supplier<KeyTable> keys) {
            table = requireNonNull(keys, "keys");
            return this;
        }

        /** Sets where keys are that are not among the others. */
        public Builder store(KeptKeys kept) {
            store = requireNonNull(kept, "kept");
            return this;
        }

        /** Builds the scheme. */
        public ApiKeys build() {
            return new ApiKeys(this);
        }
    }
}
