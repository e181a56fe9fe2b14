package dev.portcullis.attack;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which detectors do not look at which parameters. Immutable.
 *
 * @param parameters the names of parameters, by the id of the detector
 */
record Exclusions(Map<String, Set<String>> parameters) {

    Exclusions {
        parameters = Map.copyOf(parameters);
    }

    Exclusions with(String detector, String parameter) {
        var names = new HashSet<>(parameters.getOrDefault(detector, Set.of()));
        names.add(parameter);
        var more = new java.util.HashMap<>(parameters);
        more.put(detector, Set.copyOf(names));
        return new Exclusions(more);
    }

    boolean cover(Detector detector, Place place, String name) {
        if (parameters.isEmpty() || !place.isValue()) {
            return false;
        }
        var names = parameters.get(detector.id());
        return names != null && names.contains(name);
    }
}
