package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Denies bodies that take longer to come than allowed, with 408 {@code body-too-slow}. Immutable.
 *
 * <p>The time goes from this check to the last byte that the application reads, what it does in between included. It is looked at
 * whenever a read has brought something; a read that brings nothing is the container's to end.
 */
@TrustedBase
public final class BodyTime implements Check {

    private final long max;
    private final LongSupplier nanos;

    private BodyTime(long max, LongSupplier nanos) {
        this.max = max;
        this.nanos = nanos;
    }

    /**
     * A bound of so long.
     *
     * @param nanos the time, as {@link System#nanoTime()} counts
     * @throws IllegalArgumentException when it is not positive
     */
    public static BodyTime of(Duration max, LongSupplier nanos) {
        if (max.isNegative() || max.isZero()) {
            throw new IllegalArgumentException("max-time: " + max + " (expected: more than nothing)");
        }
        return new BodyTime(max.toNanos(), requireNonNull(nanos, "nanos"));
    }

    @Override
    public Verdict check(Request request) {
        var body = request.body();
        return body.declaredLength() == 0
                ? Verdict.pass()
                : Verdict.Pass.watching(
                        new Clock(this, nanos.getAsLong(), body instanceof StreamedBody streamed ? streamed : null));
    }

    /** Looks at the time while the application reads; what rules have read whole is here already. */
    private record Clock(
            BodyTime bound, long began, @Nullable StreamedBody body) implements Watch {

        @Override
        public boolean asksReads() {
            return true;
        }

        @Override
        public Verdict reading(long total) {
            var here = body != null && body.complete();
            return here || bound.nanos.getAsLong() - began <= bound.max ? Verdict.pass() : StreamedBody.TOO_SLOW;
        }
    }
}
