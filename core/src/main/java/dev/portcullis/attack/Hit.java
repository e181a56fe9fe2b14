package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.attack.Exclusion.In;
import org.jspecify.annotations.Nullable;

/**
 * One thing that one detector has found in a request. Immutable.
 *
 * @param detector the detector's id
 * @param in where it stands; null when it is a name and no value, of which nothing can be excluded
 * @param parameter the name of the parameter, or the JSON pointer with stars for elements; empty when it is too long to be written down
 * @param score how sure the detector is: 2, 5 or 10
 */
public record Hit(String detector, @Nullable In in, String parameter, int score) {
    /** Checks that nothing is missing. */
    public Hit {
        requireNonNull(detector, "detector");
        requireNonNull(parameter, "parameter");
    }

    /** Whether it would be left out by an exclusion that asks for the level {@code low} only. */
    public boolean isSparedAtLow() {
        return score < Suspicion.CERTAIN.score();
    }

    static Hit of(String detector, Sample sample, Trail trail, Suspicion suspicion) {
        var in = sample.place().in();
        var parameter = in == In.JSON ? trail.pointer() : sample.name();
        return new Hit(
                detector, in, parameter.isEmpty() && in == In.PATH ? Exclusion.ALL : parameter, suspicion.score());
    }
}
