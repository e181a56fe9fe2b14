package dev.portcullis.cli;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** Where requests go of which no policy speaks, and how often; no more than a bounded number of places. For one thread. */
final class Uncovered {

    private static final int MOST_PLACES = 10_000;
    private static final int TOLD = 20;

    private final Map<String, Place> places = new HashMap<>();
    private long others;

    /** One place, with the first line that went there. */
    record Place(String id, long requests) {

        Place plusOne() {
            return new Place(id, requests + 1);
        }
    }

    void note(String method, String path, String id) {
        var place = method + " " + Ask.template(path);
        if (places.size() >= MOST_PLACES && !places.containsKey(place)) {
            others++;
        } else {
            places.merge(place, new Place(id, 1), (known, one) -> known.plusOne());
        }
    }

    /** The places where most of them go, the most first. */
    List<Entry<String, Place>> most() {
        return places.entrySet().stream()
                .sorted(Comparator.comparingLong((Entry<String, Place> entry) ->
                                -entry.getValue().requests())
                        .thenComparing(Entry.comparingByKey()))
                .limit(TOLD)
                .toList();
    }

    /** How many requests go elsewhere. */
    long rest() {
        return others
                + places.values().stream().mapToLong(Place::requests).sum()
                - most().stream()
                        .mapToLong(entry -> entry.getValue().requests())
                        .sum();
    }
}
