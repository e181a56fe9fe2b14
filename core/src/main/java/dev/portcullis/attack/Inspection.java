package dev.portcullis.attack;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts texts before the detectors. Immutable. */
final class Inspection {

    private static final Reply DENIED = Reply.problem(403, "attack-detected");
    private static final int WINDOW = 16_384;
    private static final int OVERLAP = 1024;
    private static final int EXCERPT = 120;
    private static final int NAME = 60;

    private final Level level;
    private final Exclusions exclusions;
    private final int[] attractors = new int[Place.values().length];

    Inspection(Level level, Exclusions exclusions) {
        this.level = level;
        this.exclusions = exclusions;
        for (var place : Place.values()) {
            for (var detector : Detectors.ALL) {
                attractors[place.ordinal()] |= detector.attractors(place);
            }
        }
    }

    /** Tells whether a text of these traits, as it was sent, need not be looked at. */
    boolean isPlain(Place place, int traits) {
        return (traits & attractors[place.ordinal()]) == 0 && !Readings.areLayered(traits);
    }

    /** Looks at a value that has been decoded once; null when it may pass. */
    Verdict.@Nullable Deny look(Place place, String name, String value) {
        var traits = Traits.of(value);
        if (isPlain(place, traits)) {
            return null;
        }
        var readings = Readings.of(value, traits);
        for (var i = 0; i < readings.size(); i++) {
            var deny = reading(place, name, readings.get(i));
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny reading(Place place, String name, String reading) {
        if (reading.length() <= WINDOW) {
            return window(place, name, reading);
        }
        for (var from = 0; from < reading.length(); from += WINDOW - OVERLAP) {
            var deny = window(place, name, reading.substring(from, Math.min(reading.length(), from + WINDOW)));
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny window(Place place, String name, String chars) {
        var traits = Traits.of(chars);
        var text = new Text(chars);
        for (var i = 0; i < Detectors.ALL.size(); i++) {
            var detector = Detectors.ALL.get(i);
            var finding = ask(detector, place, name, text, traits);
            if (level.denies(finding.suspicion())) {
                return deny(place, name, text, traits, i, finding.at());
            }
        }
        return null;
    }

    private Finding ask(Detector detector, Place place, String name, Text text, int traits) {
        var attracted = (detector.attractors(place) & traits) != 0;
        return attracted && !exclusions.cover(detector, place, name) ? detector.look(text, place) : Finding.NONE;
    }

    private Verdict.Deny deny(Place place, String name, Text text, int traits, int first, int at) {
        var spoke = new ArrayList<String>(2);
        spoke.add(Detectors.ALL.get(first).id());
        for (var i = first + 1; i < Detectors.ALL.size(); i++) {
            var detector = Detectors.ALL.get(i);
            if (level.denies(ask(detector, place, name, text, traits).suspicion())) {
                spoke.add(detector.id());
            }
        }
        return Verdict.deny(DENIED, new Evidence(spoke.get(0), List.copyOf(spoke), detail(place, name, text, at)));
    }

    private static String detail(Place place, String name, Text text, int at) {
        var shortened = name.length() <= NAME ? name : name.substring(0, NAME);
        var where = shortened.isEmpty() ? place.phrase() : place.phrase() + " `" + shortened + "`";
        return where + ": `" + text.excerpt(Math.max(0, at - EXCERPT / 4), EXCERPT) + "`";
    }
}
