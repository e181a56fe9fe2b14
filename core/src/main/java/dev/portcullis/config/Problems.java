package dev.portcullis.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, one problem for each key. Not thread-safe. */
final class Problems {

    private final Places places;
    private final List<Problem> found = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    Problems(Places places) {
        this.places = places;
    }

    /** Takes over what was found before, so that nothing is said twice about the same key. */
    Problems with(List<Problem> earlier) {
        found.addAll(earlier);
        earlier.forEach(problem -> keys.add(problem.key()));
        return this;
    }

    void add(String key, String message, String help) {
        if (keys.add(key)) {
            found.add(new Problem(key, places.of(key), message, help));
        }
    }

    /** Tells whether nothing is wrong with the keys that begin so, as far as is known. */
    boolean clean(String prefix) {
        return keys.stream().noneMatch(key -> key.startsWith(prefix));
    }

    List<Problem> found() {
        return List.copyOf(found);
    }

    boolean any() {
        return !found.isEmpty();
    }

    void throwIfAny() {
        if (any()) {
            throw new ConfigurationException(found);
        }
    }
}
