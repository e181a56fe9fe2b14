package dev.portcullis.attack;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts texts before the detectors. Immutable. */
@TrustedBase
final class Inspection {

    private static final Reply DENIED = Reply.problem(403, "attack-detected");
    /** How many characters are looked at together; longer texts are looked at window by window. */
    private static final int WINDOW = 16_384;
    /** How many characters a window shares with the one before. */
    private static final int OVERLAP = 1_024;

    private final Panel panel;
    private final Exclusions exclusions;
    private final Proven proven;
    private final @Nullable Consumer<Hit> notes;
    private final Nesting nesting;
    private final @Nullable Effort effort;

    private Inspection(Panel panel, Exclusions exclusions, Proven proven, @Nullable Consumer<Hit> notes) {
        this.panel = panel;
        this.exclusions = exclusions;
        this.proven = proven;
        this.notes = notes;
        this.nesting = Nesting.NONE;
        this.effort = null;
    }

    private Inspection(Inspection around, Proven proven, Nesting nesting, @Nullable Effort effort) {
        this.panel = around.panel;
        this.exclusions = around.exclusions;
        this.proven = proven;
        this.notes = around.notes;
        this.nesting = nesting;
        this.effort = effort;
    }

    /** The same for a body of so many bytes, which bounds how much of it is looked at once more. */
    Inspection ofBody(long bytes) {
        return notes == null ? new Inspection(this, proven, nesting, Effort.of(bytes)) : this;
    }

    /** An inspection of what is nested in a value. */
    private Inspection within(Relief spared) {
        return new Inspection(this, Proven.NOTHING, nesting.below(spared), effort);
    }

    Inspection(Panel panel, Exclusions exclusions) {
        this(panel, exclusions, Proven.NOTHING, null);
    }

    Inspection(Level level, Exclusions exclusions) {
        this(Panel.of(level), exclusions);
    }

    /** The same with the exclusions that are for this request, which does not look at what is proven to be harmless. */
    Inspection on(Request request) {
        var here = exclusions.on(request);
        var harmless = request.proven();
        return here == exclusions && harmless.isNothing() ? this : new Inspection(panel, here, harmless, notes);
    }

    /** The same, which notes all that is found and objects to nothing. */
    Inspection noting(Consumer<Hit> hits) {
        return new Inspection(panel, exclusions, proven, hits);
    }

    /** What is excluded. */
    Exclusions exclusions() {
        return exclusions;
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
        return panel.isPlain(place, traits) && !Readings.areLayered(traits);
    }

    /** Tells whether a text, as it was sent, need not be looked at. */
    boolean isPlain(Place place, String sent) {
        return isPlain(place, Traits.of(sent)) && !isNoticed(place, sent);
    }

    private static boolean isNoticed(Place place, String sent) {
        for (var i = 0; i < Detectors.NOTICING.size(); i++) {
            if (Detectors.NOTICING.get(i).notices(place, sent)) {
                return true;
            }
        }
        return false;
    }

    /** Looks at a value that has been decoded once; null when it may pass. */
    Verdict.@Nullable Deny look(Place place, String name, String value) {
        return look(place, name, value, Trail.NONE);
    }

    /** Looks at a value to which the trail leads. */
    Verdict.@Nullable Deny look(Place place, String name, String value, Trail trail) {
        var traits = Traits.of(value);
        if (isPlain(place, traits) && !isNoticed(place, value)) {
            return null;
        }
        var relief = exclusions.of(place, name, trail).and(nesting.relief());
        return relief.sparesAll() ? null : look(new Spot(place, name, trail, relief), value, traits);
    }

    /** Looks at a text of which the detectors spare what is written there. */
    Verdict.@Nullable Deny look(Spot spot, String value, int traits) {
        var readings = Readings.of(value, traits);
        var shows = (traits & Traits.AMPERSAND) != 0 && (traits & Traits.ANGLE) != 0;
        for (var i = 0; i < readings.size(); i++) {
            if ((i > 0 || nesting.depth() > 0) && !affords(readings.get(i))) {
                return Verdict.deny(
                        DENIED, Evidence.of("layers", "more encodings in one another than are looked through"));
            }
            var here = i == 0 ? traits : Traits.of(readings.get(i));
            var deny = reading(spot, readings.get(i), here, shows && ShownCode.is(value, readings.get(i)));
            if (deny != null) {
                return deny;
            }
        }
        var held = nesting.read(spot.place(), value);
        var last = readings.size() - 1;
        var nested = held == null && last > 0 ? nesting.read(spot.place(), readings.get(last)) : held;
        return nested == null ? written(spot, value, traits) : JsonScan.of(within(spot.relief()), nested);
    }

    /** Looks at the strings of a query of GraphQL as at values of their own. */
    private Verdict.@Nullable Deny written(Spot spot, String value, int traits) {
        if (!spot.place().isValue() || nesting.isDeepest()) {
            return null;
        }
        var strings = GraphqlStrings.of(value, traits);
        var inner = strings.isEmpty() ? this : within(spot.relief());
        for (var i = 0; i < strings.size(); i++) {
            var deny = inner.look(spot, strings.get(i), Traits.of(strings.get(i)));
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private boolean affords(String reading) {
        return effort == null || effort.affords(reading.length());
    }

    /** Looks at a reading, which may show code. */
    private Verdict.@Nullable Deny reading(Spot spot, String reading, int traits, boolean shows) {
        if (reading.length() <= WINDOW) {
            var sample = Sample.of(spot.place(), spot.name(), reading, traits);
            if (shows) {
                sample.text().show();
            }
            return judge(spot, sample);
        }
        for (var from = 0; from < reading.length(); from += WINDOW - OVERLAP) {
            var window = reading.substring(from, Math.min(reading.length(), from + WINDOW));
            var deny = judge(spot, Sample.of(spot.place(), spot.name(), window));
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny judge(Spot spot, Sample sample) {
        for (var left = attracted(spot, sample); left != 0; left &= left - 1) {
            var index = Long.numberOfTrailingZeros(left);
            var detector = Detectors.ALL.get(index);
            var deny = weigh(spot, sample, index, detector.mayFind(sample) ? found(detector, sample) : Finding.NONE);
            if (deny != null) {
                return deny;
            }
        }
        return sample.hasLines() ? lines(spot, sample.text()) : null;
    }

    /** The detectors that the text attracts and that are not spared it, as a set of bits. */
    private long attracted(Spot spot, Sample sample) {
        return panel.attracted(sample) & ~spot.relief().off();
    }

    /** Judges each line that does not stand amid its like as a value of its own would be. */
    private Verdict.@Nullable Deny lines(Spot spot, Text text) {
        var lines = Lines.of(text);
        for (var i = 0; i < lines.count(); i++) {
            var amid = lines.isAmidAlike(i);
            var passes = amid && !lines.isForeign(i) || !lines.tells(i);
            var deny = passes ? null : line(spot, lines.sample(spot.place(), spot.name(), i), amid);
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny line(Spot spot, Sample line, boolean amidCode) {
        var counting = amidCode ? Detectors.IN_CODE : Detectors.IN_LINE;
        for (var left = attracted(spot, line) & counting; left != 0; left &= left - 1) {
            var index = Long.numberOfTrailingZeros(left);
            var detector = Detectors.ALL.get(index);
            var found = detector.mayFindInLine(line) ? found(detector, line) : Finding.NONE;
            var deny = found.isStrong() || found.isCertain()
                    ? weigh(spot, line, index, counted(detector, line, found, amidCode))
                    : null;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private static Finding counted(Detector detector, Sample line, Finding found, boolean amidCode) {
        return amidCode ? detector.inCode(line, found) : detector.inLine(line, found);
    }

    /** The denial for what a detector has found; null when that may pass, or is only noted. */
    private Verdict.@Nullable Deny weigh(Spot spot, Sample sample, int detector, Finding finding) {
        if (!level(detector, spot).denies(finding.suspicion())) {
            return null;
        }
        if (notes == null) {
            return deny(spot, sample, detector, finding);
        }
        notes.accept(Hit.of(Detectors.ALL.get(detector).id(), sample, spot.trail(), finding.suspicion()));
        return null;
    }

    private Level level(int detector, Spot spot) {
        return spot.relief().level(detector, panel.level(detector));
    }

    /** What a detector finds, which counts for less in the lines of a document. */
    private static Finding found(Detector detector, Sample sample) {
        var finding = detector.look(sample);
        if (finding.suspicion() == Suspicion.NONE || !sample.place().isField()) {
            return finding;
        }
        if (sample.text().isDocument()) {
            return detector.inDocument(sample, finding);
        }
        return finding.isFaint() && sample.text().isPassage() ? Finding.NONE : finding;
    }

    /** The denial for what one detector has found, with the ids of all others that find something there. */
    private Verdict.Deny deny(Spot spot, Sample sample, int first, Finding finding) {
        var spoke = new ArrayList<String>(2);
        spoke.add(Detectors.ALL.get(first).id());
        var surest = finding;
        var others = attracted(spot, sample) & -1L << first + 1;
        for (var left = others; left != 0; left &= left - 1) {
            var index = Long.numberOfTrailingZeros(left);
            var detector = Detectors.ALL.get(index);
            var other = detector.mayFind(sample) ? found(detector, sample) : Finding.NONE;
            if (level(index, spot).denies(other.suspicion())) {
                spoke.add(detector.id());
                surest = surest.or(other);
            }
        }
        var evidence = new Evidence(spoke.get(0), List.copyOf(spoke), sample.detail(finding.at()))
                .seen(sample.where(), surest.suspicion().score());
        return Verdict.deny(DENIED, evidence);
    }
}
