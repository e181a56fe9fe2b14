package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Reply;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict.Evidence;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The logins that an application judges by itself, such as those with a password. Thread-safe.
 *
 * <p>The application asks before it looks at a password, and reports what came of it:
 *
 * <pre>{@code
 * var attempt = logins.attempt(address, name);
 * if (!attempt.permitted()) {
 *     return tooManyRequests(attempt.retryAfter());
 * }
 * var right = passwords.matches(name, password);
 * attempt.ended(right);
 * }</pre>
 *
 * <p>Attempts that are under way count as if they failed, so that many at a time are no way around. One of which nothing is reported is
 * forgotten after half a minute.
 *
 * <p>Failures count together with those of credentials that the gate judges: an address that is locked out is so for both.
 */
public final class Logins {

    private static final Denials DENIALS = new Denials(BruteForce.REPLY, Evidence.of("login-locked-out"));

    private final Supplier<Failures> failures;
    private final Supplier<Terms> terms;

    /** After how many milliseconds there may be room for one more attempt. */
    private static final long SOON = 1000;

    /**
     * What holds for logins. Immutable.
     *
     * @param limits how many failures are borne
     * @param mode whether anybody is locked out
     * @param counted whether anything is counted at all
     */
    public record Terms(FailureLimits limits, Mode mode, boolean counted) {

        /** Checks that all parts are there. */
        public Terms {
            requireNonNull(limits, "limits");
            requireNonNull(mode, "mode");
        }
    }

    private Logins(Supplier<Failures> failures, Supplier<Terms> terms) {
        this.failures = requireNonNull(failures, "failures");
        this.terms = requireNonNull(terms, "terms");
    }

    /**
     * Logins whose failures are counted here.
     *
     * @param failures where they are counted, once anybody logs in
     * @param terms what holds at the moment
     */
    public static Logins of(Supplier<Failures> failures, Supplier<Terms> terms) {
        return new Logins(failures, terms);
    }

    /**
     * Somebody wants to log in.
     *
     * @param address from where, as the gate tells it: behind proxies not that of the connection
     * @param account the name that was given, whether there is such an account or not; its case does not matter
     */
    public Attempt attempt(Address address, String account) {
        requireNonNull(address, "address");
        var now = terms.get();
        var name = "login|" + account.strip().toLowerCase(Locale.ROOT);
        return new Attempt(now, failures.get().in(now.mode()), address, new Credentials.Claim(name, false, false));
    }

    /** One attempt to log in. Thread-safe. */
    public static final class Attempt {

        private final Terms terms;
        private final Locks locks;
        private final Address address;
        private final Credentials.Claim claim;
        private final boolean begun;
        private final long left;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Attempt(Terms terms, Locks locks, Address address, Credentials.Claim claim) {
            this.terms = terms;
            this.locks = locks;
            this.address = address;
            this.claim = claim;
            var locked = terms.counted() ? leftOf(locks, address, claim) : 0;
            this.begun = terms.counted() && locked <= 0 && locks.begin(address, claim, terms.limits());
            this.left = begun || !terms.counted() ? 0 : Math.max(locked, SOON);
            if (left > 0) {
                locks.denied();
            }
        }

        private static long leftOf(Locks locks, Address address, Credentials.Claim claim) {
            var left = locks.lockedFor(address);
            return left < 0 ? 0 : Math.max(left, locks.lockedFor(address, claim));
        }

        /** Whether the password may be looked at now. */
        public boolean permitted() {
            return left <= 0 || terms.mode() == Mode.OBSERVE;
        }

        /** After which time it may be tried again, in whole seconds; zero when it may now. */
        public Duration retryAfter() {
            return permitted() ? Duration.ZERO : Duration.ofSeconds((left + 999) / 1000);
        }

        /** What to answer when it may not be tried now: 429 {@code too-many-failures} with {@code Retry-After}. */
        public Reply reply() {
            return DENIALS.after(left).reply();
        }

        /** Reports what came of it, once; an attempt that was not permitted has no end. */
        public void ended(boolean right) {
            if (!terms.counted() || !permitted() || !ended.compareAndSet(false, true)) {
                return;
            }
            if (begun) {
                locks.end(address, claim);
            }
            if (right) {
                locks.counts().succeeded(Subject.of(address, claim.account(), false));
            } else {
                locks.failed(address, claim, false, terms.limits());
            }
        }
    }
}
