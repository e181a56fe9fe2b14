package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.portcullis.drill.Values.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** All attacks that come with the library, class by class. Immutable. */
public final class Corpus {

    private static final String FILE = "values.txt";

    private final List<Tricks> tricks;

    private Corpus(List<Tricks> tricks) {
        this.tricks = List.copyOf(tricks);
    }

    /**
     * A class of attacks.
     *
     * @param kind its name
     * @param about what they are
     * @param ids the ids of all of them
     */
    public record Entry(String kind, String about, List<String> ids) {

        /** Copies the ids. */
        public Entry {
            requireNonNull(kind, "kind");
            requireNonNull(about, "about");
            ids = List.copyOf(ids);
        }
    }

    /** The one that is bundled. Those stand last that count as failures to log in, for whoever fails too often is locked out. */
    public static Corpus bundled() {
        var tricks = new ArrayList<Tricks>(values());
        tricks.addAll(List.of(
                new PathTricks(),
                new PlaceTricks(),
                new BodyTricks(),
                new UploadTricks(),
                new HeadTricks(),
                new CorsTricks(),
                new OverrideTricks(),
                FieldTricks.addresses(),
                FieldTricks.identities(),
                new CredentialTricks(),
                new OpenTricks(),
                new TokenTricks()));
        return new Corpus(tricks);
    }

    /** What there is, for lists. */
    public List<Entry> entries() {
        return tricks.stream()
                .map(one -> new Entry(one.kind(), one.about(), one.ids()))
                .toList();
    }

    /** The names of the classes. */
    public List<String> kinds() {
        return tricks.stream().map(Tricks::kind).toList();
    }

    List<Tricks> tricks() {
        return tricks;
    }

    private static List<Tricks> values() {
        var tricks = new ArrayList<Tricks>();
        for (var section : text().split("(?m)^\\[", -1)) {
            var end = section.indexOf(']');
            var lines = section.lines().toList();
            if (end > 0 && !section.startsWith("#")) {
                var about = lines.get(0).substring(end + 1).strip();
                tricks.add(new Values(section.substring(0, end), about, values(lines)));
            }
        }
        return tricks;
    }

    private static List<Value> values(List<String> lines) {
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(Corpus::value)
                .toList();
    }

    private static Value value(String line) {
        var colon = line.indexOf(": ");
        var name = line.substring(0, colon);
        var at = name.indexOf('@');
        var id = at < 0 ? name : name.substring(0, at);
        return new Value(id, at < 0 ? "" : name.substring(at + 1), line.substring(colon + 2));
    }

    private static String text() {
        try (var in = Corpus.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
