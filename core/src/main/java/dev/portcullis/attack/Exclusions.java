package dev.portcullis.attack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which detectors do not look at which parameters. Immutable.
 *
 * @param parameters the names of parameters, by the id of the detector
 */
record Exclusions(Map<String, Set<String>> parameters) {

    static final Exclusions NONE = new Exclusions(Map.of());

    Exclusions {
        parameters = Map.copyOf(parameters);
    }

    Exclusions with(String detector, String parameter) {
        var names = new HashSet<>(parameters.getOrDefault(detector, Set.of()));
        names.add(parameter);
        var more = new HashMap<>(parameters);
        more.put(detector, Set.copyOf(names));
        return new Exclusions(more);
    }

    boolean cover(Detector detector, Sample sample) {
        if (parameters.isEmpty() || !sample.place().isValue()) {
            return false;
        }
        var names = parameters.get(detector.id());
        return names != null && names.contains(sample.name());
    }
}
