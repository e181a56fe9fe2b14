package dev.portcullis.denial;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.store.Ledger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger has told, as a text that is kept for a start while the ledger is away. Immutable.
 *
 * @param told when it was told
 * @param denials what was denied then, without what is written in the configuration
 */
public record KeptDenials(Instant told, List<Denial> denials) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Copies the denials. */
    public KeptDenials {
        requireNonNull(told, "told");
        denials = List.copyOf(denials);
    }

    /** The text. */
    public String text() {
        var node = JSON.createObjectNode().put("told", told.toString());
        var all = node.putArray("denials");
        denials.forEach(denial -> all.addObject()
                .put("id", denial.id())
                .put("until", denial.until().toString())
                .put("value", Entry.text(denial)));
        return node.toString();
    }

    /**
     * Reads such a text.
     *
     * @throws IllegalArgumentException when it is none; then nothing of it is taken
     */
    public static KeptDenials of(String text) {
        try {
            var node = JSON.readTree(text);
            var denials = new ArrayList<Denial>();
            for (var one : node.path("denials")) {
                denials.add(Entry.Json.read(new Ledger.Entry(
                        one.path("id").asText(),
                        one.path("value").asText(),
                        Instant.parse(one.path("until").asText()))));
            }
            return new KeptDenials(Instant.parse(node.path("told").asText()), denials);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("no kept denials", e);
        }
    }
}
