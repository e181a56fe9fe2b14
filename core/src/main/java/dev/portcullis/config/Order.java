package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.Target;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.denial.Target.What;
import dev.portcullis.ip.IpRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator orders, as text: nothing is checked yet. Immutable.
 *
 * @param verb whether credentials are revoked, or something is denied
 * @param what what sort of thing, such as {@code subject}
 * @param value which of them
 * @param issuer whose token, subject or client; null: whoever's
 * @param before only what was issued before that time, which may be {@code now}; null: all
 * @param ttl for how long, such as {@code 10m}; null: as long as possible, where credentials are revoked
 * @param reason why
 */
public record Order(
        Verb verb,
        @Nullable String what,
        @Nullable String value,
        @Nullable String issuer,
        @Nullable String before,
        @Nullable String ttl,
        @Nullable String reason) {

    private static final int LEAST_IPV4 = 8;
    private static final int LEAST_IPV6 = 16;

    /** Checks that there is a verb. */
    public Order {
        requireNonNull(verb, "verb");
    }

    /**
     * What is denied.
     *
     * @throws IllegalArgumentException when that cannot be denied
     */
    Target target(Instant now) {
        if (what == null || value == null) {
            throw new IllegalArgumentException("what, value: missing (expected: what sort of thing, and which)");
        }
        var sort = DenialCompiler.what(what);
        var name = sort == What.ADDRESS ? range(value) : value;
        return new Target(verb, sort, name, issuer, before == null ? null : time(before, now));
    }

    /** A slip of the hand must not deny half the world. */
    private static String range(String text) {
        var range = IpRange.parse(text);
        var least = range.first().isIpv4() ? LEAST_IPV4 : LEAST_IPV6;
        if (range.prefix() < least) {
            throw new IllegalArgumentException(
                    "value: `/" + range.prefix() + "` (expected: a range of at least /" + least + "; deny several)");
        }
        return range.toString();
    }

    private static Instant time(String text, Instant now) {
        return text.equals("now") ? now : read("before", text, Kind.TIME);
    }

    /** How long it holds. */
    Duration span() {
        if (ttl != null) {
            return read("ttl", ttl, Kind.DURATION);
        }
        if (verb == Verb.DENY) {
            throw new IllegalArgumentException("ttl: missing (expected: for how long, such as `10m`)");
        }
        return DenyList.MAX_TTL;
    }

    /** Why. */
    String why() {
        if (reason == null) {
            throw new IllegalArgumentException("reason: missing (expected: why, for whoever looks into it later)");
        }
        return reason;
    }

    private static <T> T read(String name, String text, Kind<T> kind) {
        try {
            return kind.reader().apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException(name + ": not a " + kind.name() + " (" + kind.help() + ")", e);
        }
    }
}
