package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;

import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.stream.IntStream;

/** What somebody sends who guesses keys. */
final class Guesses {

    private Guesses() {}

    static RecordedWire with(String key, String address) {
        return get("/").with("X-API-Key", key).from(address);
    }

    static void guess(Gate gate, int times, String address) {
        IntStream.range(0, times).forEach(i -> outcome(gate, with("wrong-key-" + i, address)));
    }

    static List<String> outcomes(Gate gate, int times, RecordedWire wire) {
        return IntStream.range(0, times).mapToObj(i -> outcome(gate, wire)).toList();
    }
}
