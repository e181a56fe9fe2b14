package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.List;

/**
 * Denies requests in which detectors find an attack: 403 {@code attack-detected}. Immutable.
 *
 * <p>Read are the path, the names and values of query parameters, cookies, the header fields {@code User-Agent}, {@code Referer} and
 * {@code X-*}, and bodies that are forms ({@code application/x-www-form-urlencoded}), JSON or XML. Other bodies are not read.
 */
public final class Attacks implements Check {

    private final long maxBytes;
    private final Inspection inspection;

    private Attacks(Builder builder) {
        this.maxBytes = builder.maxBytes;
        this.inspection = new Inspection(builder.level, builder.exclusions);
    }

    /** A builder for the balanced level, without exclusions, for bodies up to {@link Body#DEFAULT_BOUND}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The ids of all detectors, as they stand in evidence and in exclusions. */
    public static List<String> detectors() {
        return Detectors.ALL.stream().map(Detector::id).toList();
    }

    @Override
    public Verdict check(Request request) {
        var sparing = inspection.sparing(request.proven());
        var deny = HeadScan.of(sparing, request);
        if (deny == null) {
            deny = BodyScan.of(sparing, request, maxBytes);
        }
        return deny == null ? Verdict.pass() : deny;
    }

    /** The settings of the check. Not thread-safe. */
    public static final class Builder {

        private Level level = Level.BALANCED;
        private Exclusions exclusions = Exclusions.NONE;
        private long maxBytes = Body.DEFAULT_BOUND;

        private Builder() {}

        /** How sure a detector must be; {@link Level#BALANCED} unless set. */
        public Builder level(Level needed) {
            this.level = requireNonNull(needed, "level");
            return this;
        }

        /**
         * Keeps one detector from looking at the value of one parameter, be it of the query, of a form or a member of JSON.
         *
         * @param detector one of {@link Attacks#detectors}
         * @param parameter the exact name; for JSON that of the member that holds the value, or the array with the value
         */
        public Builder exclude(String detector, String parameter) {
            requireNonNull(parameter, "parameter");
            if (!detectors().contains(requireNonNull(detector, "detector"))) {
                throw new IllegalArgumentException(
                        "detector: `" + detector + "` (expected: one of " + detectors() + ")");
            }
            this.exclusions = exclusions.with(detector, parameter);
            return this;
        }

        /** The longest body that is read, in bytes; a longer one is denied with 413. {@link Body#DEFAULT_BOUND} unless set. */
        public Builder maxBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxBytes: " + bytes + " (expected: >= 1)");
            }
            this.maxBytes = bytes;
            return this;
        }

        /** The check. */
        public Attacks build() {
            return new Attacks(this);
        }
    }
}
