package dev.portcullis.config;

import dev.portcullis.Rule.Mode;
import dev.portcullis.http.Decoding;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out which encodings are undone for the rules of some words: those that all allow who say something of it. */
final class Encodings {

    private static final String HELP = "write `gzip`, `deflate` or both";

    private Encodings() {}

    /** Finds what is wrong with them, also where no rule reads bodies. */
    static void demand(List<Asked> words) {
        words.forEach(word -> stated(word, Mode.OBSERVE));
    }

    /** What is undone for rules in the mode; null when nobody says something. */
    static @Nullable Decoding of(List<Asked> words, Mode mode) {
        return words.stream()
                .map(word -> stated(word, mode))
                .filter(Objects::nonNull)
                .reduce(Decoding::and)
                .orElse(null);
    }

    /** What is enforced hears enforced words alone. */
    private static @Nullable Decoding stated(Asked word, Mode mode) {
        var body = word.written().body();
        if (body == null || body.encodings() == null) {
            return null;
        }
        var here = word.at().child("body");
        var own = here.child("mode").read(body.mode(), Kind.MODE, word.mode());
        var ratio = here.child("max-ratio").read(body.maxRatio(), Kind.COUNT, (long) Decoding.USUAL_RATIO);
        var known = here.child("encodings")
                .each(
                        body.encodings(),
                        HELP,
                        text -> new Decoding(Set.of(text), 1)
                                .codings()
                                .iterator()
                                .next());
        return mode == Mode.ENFORCE && own == Mode.OBSERVE ? null : new Decoding(Set.copyOf(known), ratio.intValue());
    }
}
