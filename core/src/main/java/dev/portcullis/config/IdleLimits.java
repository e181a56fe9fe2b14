package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for limits of one policy that deny nothing, because another one of it always denies first.
 *
 * @param key the key of the limits
 * @param limits the limits, by their names
 * @param sink takes what is found
 */
record IdleLimits(String key, Map<String, Rate> limits, Found sink) {

    static final Concern IDLE_LIMIT = new Concern(
            "idle-limit",
            Severity.WARNING,
            "A limit denies nothing, because another one of its policy always denies first.");

    /**
     * What is to be known of one limit. Immutable.
     *
     * @param name its name
     * @param rate what is written of it
     * @param permits what it grants
     * @param seconds in what time
     */
    private record Known(String name, Rate rate, long permits, long seconds) {

        /**
         * Whether it can never deny what another one lets pass: that lets through at most its permits in each of its periods, of which a
         * period of this one touches one more than it holds. Limits of one length turn over together.
         */
        boolean isIdleBeside(Known other) {
            if (!isAlike(other)) {
                return false;
            }
            if (seconds == other.seconds && Objects.equals(rate.refill(), other.rate.refill())) {
                return permits > other.permits || permits == other.permits && name.compareTo(other.name) > 0;
            }
            var touched = (seconds + other.seconds - 1) / other.seconds + 1;
            return permits >= other.permits * touched;
        }

        /** Whether both count the same requests of the same callers. */
        private boolean isAlike(Known other) {
            return by(rate).equals(by(other.rate))
                    && Objects.equals(rate.words().rest(), other.rate.words().rest())
                    && Objects.equals(rate.mode(), other.rate.mode());
        }

        private static String by(Rate rate) {
            return rate.by() == null ? "client" : rate.by();
        }
    }

    void look() {
        var known = new ArrayList<Known>();
        limits.forEach((name, rate) -> {
            var one = known(name, rate);
            if (one != null) {
                known.add(one);
            }
        });
        for (var one : known) {
            known.stream()
                    .filter(other -> !other.name().equals(one.name()) && one.isIdleBeside(other))
                    .findFirst()
                    .ifPresent(other -> found(one, other));
        }
    }

    private void found(Known one, Known other) {
        sink.take(
                IDLE_LIMIT,
                key + "." + one.name() + ".permits",
                "`" + other.name() + "` always denies first",
                "write less, or remove it");
    }

    /** Limits with plans are left alone, since what they grant depends on the caller. */
    private static @Nullable Known known(String name, Rate rate) {
        var quiet = new At(new Problems(Places.UNKNOWN), "");
        var permits = quiet.read(rate.permits(), Kind.COUNT);
        var per = quiet.read(rate.per(), Kind.DURATION);
        var plain = rate.tiers() == null && rate.clients() == null;
        return !plain || permits == null || per == null || per.toSeconds() == 0
                ? null
                : new Known(name, rate, permits, per.toSeconds());
    }
}
