package dev.portcullis.respond.mask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.portcullis.http.DeclaredText;
import dev.portcullis.http.MediaType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A document of JSON on its way through a mask: values at some places are replaced, and everything else stays as it is written.
 *
 * <p>Every member of a name is masked, where an object has several of it. For one document.
 */
final class MaskedText {

    static final int MAX_DEPTH = 256;

    private static final MediaType JSON = MediaType.parse("application/json");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names that one client sends must not fill a table for all.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(1_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String source;
    private final JsonParser parser;
    private final IntFunction<@Nullable Show> masks;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int copied;

    /** An object or an array that is open, and the places that are below it. */
    private static final class Level {

        private final List<Pointers> places;
        private final boolean array;
        private String name = "";
        private int next;

        Level(List<Pointers> places, boolean array) {
            this.places = places;
            this.array = array;
        }

        /** The places of the value that comes now. */
        List<Pointers> value() {
            var found = new ArrayList<Pointers>();
            Pointers.below(places, array ? String.valueOf(next++) : name, found);
            return found;
        }
    }

    private MaskedText(String source, JsonParser parser, IntFunction<@Nullable Show> masks) {
        this.source = source;
        this.parser = parser;
        this.masks = masks;
    }

    /**
     * The document with its masks.
     *
     * @param masks what to show of a field; null when all of it
     * @throws IOException when it is no document, or one that readers may take for different ones
     */
    static String of(String source, Pointers places, IntFunction<@Nullable Show> masks) throws IOException {
        try (var parser = FACTORY.createParser(source)) {
            return new MaskedText(source, parser, masks).masked(places);
        }
    }

    /** The same of a document in UTF-8. */
    static byte[] of(byte[] bytes, Pointers places, IntFunction<@Nullable Show> masks) throws IOException {
        var text = DeclaredText.ofJson(bytes, JSON);
        if (text == null) {
            throw new IOException("not plain UTF-8");
        }
        return text.bytes(of(text.text(), places, masks));
    }

    private String masked(Pointers places) throws IOException {
        if (parser.nextToken() == null) {
            throw new IOException("no content");
        }
        value(List.of(places));
        while (!levels.isEmpty()) {
            take(parser.nextToken());
        }
        if (parser.nextToken() != null) {
            throw new IOException("more than one value");
        }
        return out.append(source, copied, source.length()).toString();
    }

    private void take(@Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("breaks off");
        }
        switch (token) {
            case FIELD_NAME -> levels.element().name = parser.currentName();
            case END_OBJECT, END_ARRAY -> levels.pop();
            default -> value(levels.element().value());
        }
    }

    private void value(List<Pointers> places) throws IOException {
        var token = parser.currentToken();
        var show = show(places);
        if (show != null && token != JsonToken.VALUE_NULL) {
            mask(token == JsonToken.VALUE_STRING ? show.of(parser.getText()) : null);
        } else if (token.isStructStart() && !places.isEmpty()) {
            levels.push(new Level(places, token == JsonToken.START_ARRAY));
        } else {
            parser.skipChildren();
        }
    }

    /** What is shown of a value at these places: the least that any of them says; null when all. */
    private @Nullable Show show(List<Pointers> places) {
        Show least = null;
        for (var i = 0; i < places.size(); i++) {
            var field = places.get(i).field();
            var show = field == Pointers.NONE ? null : masks.apply(field);
            least = show == Show.LAST_FOUR && least != null || show == null ? least : show;
        }
        return least;
    }

    private void mask(@Nullable String text) throws IOException {
        var from = (int) parser.currentTokenLocation().getCharOffset();
        var end = end(from);
        out.append(source, copied, from);
        if (text == null) {
            out.append("null");
        } else {
            out.append('"')
                    .append(JsonStringEncoder.getInstance().quoteAsString(text))
                    .append('"');
        }
        copied = end;
    }

    /** Where the value ends that begins here. */
    private int end(int from) throws IOException {
        var token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
            return (int) parser.currentLocation().getCharOffset();
        }
        var end = from + 1;
        if (source.charAt(from) != '"') {
            while (end < source.length() && ",]} \t\r\n".indexOf(source.charAt(end)) < 0) {
                end++;
            }
            return end;
        }
        while (source.charAt(end) != '"') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }
}
