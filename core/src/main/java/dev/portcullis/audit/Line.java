package dev.portcullis.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.portcullis.Change;
import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.TraceParent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log.
 *
 * @param request the exchange's request, as enforced rules saw it
 * @param outcome what became of it at first
 * @param notes what was said of it
 */
record Line(Request request, Outcome outcome, Notes notes) {

    private static final int MAX_MATCHED = 20;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The line of a change. */
    static String of(Change change) {
        var out = new StringWriter();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", change.at().toString());
            text(json, "change", change.what());
            text(json, "by", change.by());
            for (var detail : change.details().entrySet()) {
                text(json, detail.getKey(), detail.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    boolean denied() {
        return notes.deny() != null;
    }

    String write(Instant now, Ending ending, int status) {
        var out = new StringWriter();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", now.toString());
            text(json, "requestId", request.id());
            trace(json);
            exchange(json);
            caller(json);
            json.writeNumberField("status", status);
            json.writeNumberField("millis", millis());
            json.writeStringField("ending", ending.name().toLowerCase(Locale.ROOT));
            decision(json);
            observed(json);
            failures(json);
            notices(json);
            json.writeStringField("policy", outcome.digest());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** A trace is whoever's that sent it; of all but trusted proxies it is the caller's own choice, and says so. */
    private void trace(JsonGenerator json) throws IOException {
        var trace = TraceParent.traceOf(request.headers("traceparent"));
        if (trace != null) {
            json.writeStringField("traceId", trace);
            json.writeStringField("traceFrom", request.fromTrustedPeer() ? "proxy" : "caller");
        }
    }

    /** How long it took, in milliseconds with their thousandths. */
    private BigDecimal millis() {
        return BigDecimal.valueOf(Math.max(0, System.nanoTime() - request.began()) / 1000, 3);
    }

    private void exchange(JsonGenerator json) throws IOException {
        json.writeStringField("ip", request.address().toString());
        json.writeStringField("peer", request.peer().toString());
        text(json, "method", request.method());
        if (request.dispatch() != Dispatch.REQUEST) {
            json.writeStringField("dispatch", request.dispatch().name().toLowerCase(Locale.ROOT));
        }
        json.writeStringField("path", Redaction.path(request.rawPath()));
        var route = request.route();
        text(json, "route", route == null ? null : route.template());
    }

    private void caller(JsonGenerator json) throws IOException {
        var caller = request.principal();
        if (caller != null) {
            text(json, "user", caller.id());
            text(json, "client", caller.client());
            text(json, "tenant", caller.tenant());
            text(json, "issuer", caller.issuer());
            text(json, "proof", caller.proof());
            texts(json, "scopes", caller.scopes().stream().sorted().toList());
        }
    }

    private void decision(JsonGenerator json) throws IOException {
        json.writeStringField("decision", decisionName());
        var deny = notes.deny();
        if (deny != null) {
            text(json, "code", deny.reply().code());
            text(json, "rule", notes.rule());
            evidence(json, deny.evidence());
        } else if (outcome instanceof Outcome.Stop stop) {
            text(json, "rule", stop.rule());
        }
    }

    private String decisionName() {
        return denied() ? "deny" : outcome instanceof Outcome.Stop ? "answer" : "proceed";
    }

    /** Writes why, and not what was seen. */
    private static void evidence(JsonGenerator json, Evidence evidence) throws IOException {
        text(json, "reason", evidence.reason());
        texts(json, "matched", evidence.matched());
        if (!evidence.where().isEmpty()) {
            text(json, "where", evidence.where());
            json.writeNumberField("score", evidence.score());
        }
    }

    private void observed(JsonGenerator json) throws IOException {
        if (notes.observed().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("wouldHaveDenied");
        for (var entry : notes.observed().entrySet()) {
            json.writeStartObject();
            text(json, "rule", entry.getKey());
            text(json, "code", entry.getValue().reply().code());
            evidence(json, entry.getValue().evidence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void failures(JsonGenerator json) throws IOException {
        if (notes.failures().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("couldNotTell");
        for (var entry : notes.failures().entrySet()) {
            text(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** Writes what rules had to tell; they say it in words of their own, of the caller and of numbers. */
    private void notices(JsonGenerator json) throws IOException {
        if (notes.notices().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("noticed");
        for (var notice : notes.notices()) {
            json.writeStartObject();
            text(json, "rule", notice.rule());
            evidence(json, notice.evidence());
            text(json, "detail", notice.evidence().detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        var bounded = Redaction.bounded(value);
        if (bounded != null) {
            json.writeStringField(name, bounded);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (var i = 0; i < Math.min(values.size(), MAX_MATCHED); i++) {
            json.writeString(Redaction.bounded(values.get(i)));
        }
        json.writeEndArray();
    }
}
