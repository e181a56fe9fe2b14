package dev.portcullis.attack;

import dev.portcullis.Reply;
import dev.portcullis.Request.Proven;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts texts before the detectors. Immutable. */
@TrustedBase
final class Inspection {

    private static final Reply DENIED = Reply.problem(403, "attack-detected");
    /** How many characters are looked at together; longer texts are looked at window by window. */
    private static final int WINDOW = 16_384;
    /** How many characters a window shares with the one before. */
    private static final int OVERLAP = 1_024;

    private final Level level;
    private final Exclusions exclusions;
    private final Proven proven;
    /** What attracts any detector, by place. */
    private final int[] attractors;
    /** What attracts each detector, by place. */
    private final int[][] each;

    Inspection(Level level, Exclusions exclusions) {
        this.level = level;
        this.exclusions = exclusions;
        this.proven = Proven.NOTHING;
        this.attractors = new int[Place.values().length];
        this.each = new int[Place.values().length][Detectors.ALL.size()];
        for (var place : Place.values()) {
            for (var i = 0; i < Detectors.ALL.size(); i++) {
                each[place.ordinal()][i] = Detectors.ALL.get(i).attractors(place);
                attractors[place.ordinal()] |= each[place.ordinal()][i];
            }
        }
    }

    private Inspection(Inspection other, Proven proven) {
        this.level = other.level;
        this.exclusions = other.exclusions;
        this.proven = proven;
        this.attractors = other.attractors;
        this.each = other.each;
    }

    /** The same inspection, which does not look at what is proven to be harmless. */
    Inspection sparing(Proven harmless) {
        return harmless.isNothing() ? this : new Inspection(this, harmless);
    }

    /** Tells whether the text of this name, as it was sent, need not be looked at: names that are written otherwise are. */
    boolean spares(Place place, String name) {
        return place.isSpared(name, proven);
    }

    /** What is proven to be harmless. */
    Proven proven() {
        return proven;
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
            return judge(Sample.of(place, name, reading));
        }
        for (var from = 0; from < reading.length(); from += WINDOW - OVERLAP) {
            var window = reading.substring(from, Math.min(reading.length(), from + WINDOW));
            var deny = judge(Sample.of(place, name, window));
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny judge(Sample sample) {
        for (var i = 0; i < Detectors.ALL.size(); i++) {
            var finding = ask(i, sample);
            if (level.denies(finding.suspicion())) {
                return deny(sample, i, finding);
            }
        }
        return null;
    }

    private Finding ask(int index, Sample sample) {
        if ((each[sample.place().ordinal()][index] & sample.traits()) == 0) {
            return Finding.NONE;
        }
        var detector = Detectors.ALL.get(index);
        return exclusions.cover(detector, sample)
                ? Finding.NONE
                : temper(detector, sample, detector.look(sample.text(), sample.place()));
    }

    /** Takes a finding for less that stands in the lines of a document. */
    private static Finding temper(Detector detector, Sample sample, Finding finding) {
        var tempered = finding.suspicion() != Suspicion.NONE
                && sample.place().isField()
                && sample.text().isDocument();
        return tempered ? detector.reach().temper(finding) : finding;
    }

    /** The denial for what one detector has found, with the ids of all others that find something there. */
    private Verdict.Deny deny(Sample sample, int first, Finding finding) {
        var spoke = new ArrayList<String>(2);
        spoke.add(Detectors.ALL.get(first).id());
        for (var i = first + 1; i < Detectors.ALL.size(); i++) {
            if (level.denies(ask(i, sample).suspicion())) {
                spoke.add(Detectors.ALL.get(i).id());
            }
        }
        return Verdict.deny(DENIED, new Evidence(spoke.get(0), List.copyOf(spoke), sample.detail(finding.at())));
    }
}
