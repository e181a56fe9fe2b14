package dev.portcullis.attack;

/**
 * What a detector in the background says of a request. Immutable.
 *
 * @param detector the detector's id
 * @param score how suspicious it is, from 1 to {@value BackgroundDetector#MOST}
 * @param sighting the request
 * @param counts whether it counts against the caller, or is only observed
 */
public record Opinion(String detector, int score, Sighting sighting, boolean counts) {}
