package dev.portcullis.config;

import dev.portcullis.attack.Exclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a handler's parameters and the fields of their types say of detectors of attacks. Immutable.
 *
 * @param exclusions what is spared
 * @param demanded the parameters of which an attack rule must be told, or the annotation would do nothing
 * @param shown the same for operators
 */
record Sparing(List<Exclusion> exclusions, List<String> demanded, List<String> shown) {

    Sparing {
        exclusions = List.copyOf(exclusions);
        demanded = List.copyOf(demanded);
        shown = List.copyOf(shown);
    }

    static Sparing of(At at, List<Word> words) {
        var exclusions = new ArrayList<Exclusion>();
        var demanded = new ArrayList<String>();
        var shown = new ArrayList<String>();
        for (var word : words) {
            if (word instanceof Word.Spared spared) {
                spared.parameters().forEach(one -> demanded.add(shown(one)));
                Stream.concat(spared.parameters().stream(), spared.fields().stream())
                        .forEach(one -> {
                            shown.add(shown(one));
                            AttackCompiler.exclusion(at, one).ifPresent(exclusions::add);
                        });
            }
        }
        return new Sparing(exclusions, demanded, shown);
    }

    boolean isEmpty() {
        return exclusions.isEmpty();
    }

    void demandEffect(boolean looked, At at) {
        if (!looked && !demanded.isEmpty()) {
            at.problem(
                    "no rule looks for attacks there, so that nothing is spared: " + String.join("; ", demanded),
                    "write `attacks` into its policy or add `@InspectAttacks`, or remove the annotation");
        }
    }

    /** One exclusion as operators see it. */
    static String shown(ExclusionSettings one) {
        var detector = "*".equals(one.detector()) ? "" : one.detector() + " at ";
        var in = one.in() == null ? "" : one.in() + " ";
        var what = one.level() == null ? "not looked at" : "level " + one.level();
        var where = one.paths() == null ? "" : " on " + String.join(", ", one.paths());
        return At.shown(detector + in + one.parameter()) + where + ": " + what
                + (one.reason() == null ? "" : " (" + At.shown(one.reason()) + ")");
    }
}
