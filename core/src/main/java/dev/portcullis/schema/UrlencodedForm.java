package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.Body;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Parameters;
import dev.portcullis.http.Parameters.Pair;
import dev.portcullis.schema.ApiText.Broken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges an urlencoded form: as the object that its schema speaks of, in which a name that is there more than once is a list. Immutable.
 *
 * @param terms what it must be
 * @param maxBytes how long it may be
 */
@TrustedBase
record UrlencodedForm(FormTerms terms, long maxBytes) {

    static final String TYPE = "application/x-www-form-urlencoded";

    /**
     * Judges the body.
     *
     * @param inQuery tells whether a name is one of the query's parameters
     */
    Verdict judge(Request request, MediaType type, Predicate<String> inQuery) {
        if (!type.isReadAsUtf8()) {
            return otherCharset(type);
        }
        var encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Verdict.deny(
                    FormTerms.TYPE.with("Accept-Encoding", "identity"), Evidence.of("content-encoding", encoding));
        }
        var content = request.body().content(maxBytes);
        if (!(content instanceof Body.Content.Whole whole)) {
            return ((Body.Content.Denied) content).deny();
        }
        var sent = Parameters.form(whole.bytes());
        if (type.isNarrow() && !sent.isAscii()) {
            return otherCharset(type);
        }
        if (sent.trouble() != null) {
            return FormTerms.malformed(sent.trouble());
        }
        var misplaced = terms.misplaced(sent.pairs().stream().map(Pair::name).toList(), request, inQuery);
        if (misplaced != null) {
            return misplaced;
        }
        try {
            return terms.judge(value(sent.pairs()));
        } catch (Broken e) {
            return Verdict.deny(
                    FormTerms.VIOLATION, Evidence.of(JsonBody.SCHEMA_VIOLATION, String.valueOf(e.getMessage())));
        }
    }

    private static Verdict otherCharset(MediaType type) {
        return Verdict.deny(FormTerms.TYPE, Evidence.of("charset", String.valueOf(type.charset())));
    }

    private JsonNode value(List<Pair> pairs) throws Broken {
        var object = JsonNodeFactory.instance.objectNode();
        for (var name : terms.fields().keySet()) {
            written(name, pairs, object);
        }
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : pairs) {
            if (!terms.writes(pair.name())) {
                values.computeIfAbsent(pair.name(), unknown -> new ArrayList<>())
                        .add(pair.value());
            }
        }
        for (var entry : values.entrySet()) {
            put(object, entry.getKey(), entry.getValue());
        }
        return object;
    }

    /** Reads a field that is written in a style of its own. */
    private void written(String name, List<Pair> pairs, ObjectNode object) throws Broken {
        var writing = terms.field(name).writing();
        if (writing == null) {
            return;
        }
        var own = new ApiText(terms.shape().property(name), true);
        var value = writing.style().pairs(name, pairs, writing.explode(), own);
        if (value != null) {
            object.set(name, value);
        }
    }

    private void put(ObjectNode object, String name, List<String> texts) throws Broken {
        var own = terms.shape().property(name);
        if (object.has(name)) {
            throw new Broken("a field in two ways");
        }
        var list = own.isArray() || own.mayBeArray() && texts.size() > 1;
        if (!list || texts.size() == 1 && terms.field(name).saysJson()) {
            if (texts.size() > 1) {
                throw new Broken("a field twice");
            }
            var one = texts.get(0);
            var value = terms.field(name).saysJson() ? ApiParameter.json(one) : value(own, one);
            if (value != null) {
                object.set(name, value);
            }
            return;
        }
        var array = object.putArray(name);
        for (var text : texts) {
            var value = value(own.element(), text);
            if (value != null) {
                array.add(value);
            }
        }
    }

    /** The value of one text; null where it counts as none. */
    private @Nullable JsonNode value(Shape own, String text) throws Broken {
        if (terms.isAbsent(text, own)) {
            return null;
        }
        return own.isObject() ? ApiParameter.json(text) : own.scalar(text);
    }
}
