package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.schema.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at schemas for what is hardly meant. What cannot be read is no concern here. */
final class SchemaConcerns {

    private static final Concern UNKNOWN_WORD = new Concern(
            "unknown-schema-word",
            Severity.WARNING,
            "A schema has a word that JSON Schema does not know, and that does nothing.");

    static final List<Concern> ALL = List.of(UNKNOWN_WORD);

    private final Contents contents;
    private final Found sink;

    SchemaConcerns(Contents contents, Found sink) {
        this.contents = contents;
        this.sink = sink;
    }

    void look(Configuration written) {
        var policies = written.policies();
        (policies == null ? Map.<String, Policy>of() : policies).forEach((name, policy) -> {
            var key = "policies." + name;
            look(
                    key + ".body.schema",
                    policy.body() == null ? null : policy.body().schema());
            look(
                    key + ".form.schema",
                    policy.form() == null ? null : policy.form().schema());
            var response = policy.responseBody();
            var terms = response == null ? null : response.schema();
            look(key + ".response-body.schema.document", terms == null ? null : terms.document());
        });
    }

    private void look(String key, @Nullable String location) {
        var quiet = new At(new Problems(Places.UNKNOWN), key);
        var schema = location == null ? null : contents.json(quiet, location);
        if (schema == null) {
            return;
        }
        var words = quiet.make("", "", unused -> JsonBody.unknownWords(schema));
        for (var place : words == null ? new TreeSet<String>() : new TreeSet<>(words)) {
            var word = place.substring(place.lastIndexOf('/') + 1);
            var meant = Nearest.to(word, JsonBody.words());
            sink.take(
                    UNKNOWN_WORD,
                    key,
                    "`" + At.shown(place) + "` is no word of JSON Schema, and does nothing",
                    meant.map(near -> "did you mean `" + near + "`?").orElse("remove it, or let it begin with `x-`"));
        }
    }
}
