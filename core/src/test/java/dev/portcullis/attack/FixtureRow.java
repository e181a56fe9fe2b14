package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** One row of a detector's fixture: a text that is an attack or is not, and where it stands. */
record FixtureRow(String detector, boolean attack, Place place, String text) {

    /** The rows of one detector. */
    static List<FixtureRow> of(String detector) {
        try (var file = FixtureRow.class.getResourceAsStream(detector + ".txt")) {
            return new String(Objects.requireNonNull(file, detector).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> parse(detector, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<FixtureRow> all() {
        return Attacks.detectors().stream().flatMap(id -> of(id).stream()).toList();
    }

    private static FixtureRow parse(String detector, String line) {
        var parts = line.split(" ", 3);
        return new FixtureRow(detector, parts[0].equals("attack"), Place.valueOf(parts[1]), unescaped(parts[2]));
    }

    private static String unescaped(String written) {
        var read = new StringBuilder();
        for (var i = 0; i < written.length(); i++) {
            if (written.charAt(i) != '\\') {
                read.append(written.charAt(i));
                continue;
            }
            var kind = written.charAt(++i);
            if (kind == 'u') {
                read.append((char) Integer.parseInt(written.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                var known = "nrte0\\".indexOf(kind);
                read.append("\n\r\t\u001b\0\\".charAt(known));
            }
        }
        return read.toString();
    }

    @Override
    public String toString() {
        return detector + ": " + (attack ? "attack" : "benign") + " in " + place + ": " + text;
    }
}
