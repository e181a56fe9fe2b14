package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

/**
 * What a detector in the background says of a request. Immutable.
 *
 * @param detector the detector's id
 * @param score how suspicious it is, from 1 to {@value BackgroundDetector#MOST}
 * @param sighting the request
 * @param counts whether it counts against the caller, or is only observed
 */
public record Opinion(String detector, int score, Sighting sighting, boolean counts) {
    /** Checks that nothing is missing. */
    public Opinion {
        requireNonNull(detector, "detector");
        requireNonNull(sighting, "sighting");
    }
}
