package dev.portcullis.denial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.denial.Target.What;
import dev.portcullis.store.Ledger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the ledger holds: a denial, or that one was lifted. Both may come in any order, and again. Immutable. */
sealed interface Entry {

    /** A denial that was made. */
    record Made(Denial denial) implements Entry {}

    /** A denial that was lifted; remembered as long as it would have held. */
    record Lifted(String id, Instant until) implements Entry {}

    /** What cannot be read, such as what a later version wrote. */
    record Unreadable(String key) implements Entry {}

    /** The key under which a denial is lifted. */
    static String liftKey(String id) {
        return "lift:" + id;
    }

    /** Reads an entry. */
    static Entry of(Ledger.Entry entry) {
        if (entry.key().startsWith("lift:")) {
            return new Lifted(entry.key().substring("lift:".length()), entry.until());
        }
        try {
            return new Made(Json.read(entry));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return new Unreadable(entry.key());
        }
    }

    /** The text of a denial, without its id and its end, which the ledger keeps. */
    static String text(Denial denial) {
        return Json.write(denial);
    }

    /** A denial as JSON. */
    final class Json {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        private Json() {}

        static String write(Denial denial) {
            var target = denial.target();
            var node = JSON.createObjectNode()
                    .put("verb", target.verb().name().toLowerCase(Locale.ROOT))
                    .put("what", target.what().word())
                    .put("value", target.value())
                    .put("reason", denial.reason())
                    .put("by", denial.by())
                    .put("at", denial.at().toString());
            if (target.issuer() != null) {
                node.put("issuer", target.issuer());
            }
            if (target.before() != null) {
                node.put("before", target.before().toString());
            }
            return node.toString();
        }

        static Denial read(Ledger.Entry entry) throws JsonProcessingException {
            var node = JSON.readTree(entry.value());
            var before = optional(node, "before");
            var target = new Target(
                    Verb.valueOf(upper(node, "verb")),
                    What.valueOf(upper(node, "what")),
                    text(node, "value"),
                    optional(node, "issuer"),
                    before == null ? null : Instant.parse(before));
            return new Denial(
                    entry.key(),
                    target,
                    text(node, "reason"),
                    text(node, "by"),
                    Instant.parse(text(node, "at")),
                    entry.until());
        }

        private static String upper(JsonNode node, String name) {
            return text(node, name).toUpperCase(Locale.ROOT);
        }

        private static String text(JsonNode node, String name) {
            var text = optional(node, name);
            if (text == null) {
                throw new IllegalArgumentException(name + ": missing");
            }
            return text;
        }

        private static @Nullable String optional(JsonNode node, String name) {
            return node.path(name).isTextual() ? node.path(name).textValue() : null;
        }
    }
}
