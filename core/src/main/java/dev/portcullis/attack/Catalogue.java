package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What every detector looks for, in words: the comments of their files, which a test holds against this. */
public final class Catalogue {

    /** The version of the detectors; whoever changes what one of them says changes it too. */
    public static final String VERSION = "2026-11-28.3";

    private static final String FILE = "detectors.txt";
    private static final int LINES = 5;

    private Catalogue() {}

    /**
     * One detector in words. Immutable.
     *
     * @param id the stable id
     * @param looksFor what it looks for
     * @param doesNot what it does not look for
     * @param caught an example that it catches
     * @param letThrough an example that it lets through
     */
    public record Entry(String id, String looksFor, String doesNot, String caught, String letThrough) {
        /** Checks that nothing is missing. */
        public Entry {
            requireNonNull(id, "id");
            requireNonNull(looksFor, "looksFor");
            requireNonNull(doesNot, "doesNot");
            requireNonNull(caught, "caught");
            requireNonNull(letThrough, "letThrough");
        }

        /** The least suspicious level at which the example is denied. */
        public Level level() {
            var decoded = new Text(Percent.decode(caught, false));
            var surest = Stream.of(Place.values())
                    .map(place -> detector().look(decoded, place).suspicion())
                    .max(Suspicion::compareTo)
                    .orElse(Suspicion.NONE);
            return Stream.of(Level.values())
                    .filter(level -> level.denies(surest))
                    .findFirst()
                    .orElse(Level.STRICT);
        }

        private Detector detector() {
            return Detectors.ALL.stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** All detectors, in the order in which they are asked. */
    public static List<Entry> entries() {
        try (var file = Catalogue.class.getResourceAsStream(FILE)) {
            var text = new String(Objects.requireNonNull(file, FILE).readAllBytes(), UTF_8);
            var lines = text.lines().filter(line -> !line.isBlank()).toList();
            var entries = new ArrayList<Entry>();
            for (var i = 0; i + LINES <= lines.size(); i += LINES) {
                entries.add(entry(lines.subList(i, i + LINES)));
            }
            return List.copyOf(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(List<String> lines) {
        var values = lines.stream()
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
        return new Entry(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
    }
}
