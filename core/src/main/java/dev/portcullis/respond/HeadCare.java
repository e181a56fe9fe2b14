package dev.portcullis.respond;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the fields into heads and takes others out. Immutable. */
final class HeadCare implements Watch {

    private static final String NONCE = "{nonce}";
    private static final String RETRY = "Retry-After";
    private static final int SERVER_ERROR = 500;
    private static final Reply WITHHELD = Reply.problem(500, "server-error");
    private static final Evidence EVIDENCE = Evidence.of("server-error-withheld");

    private final List<Header> fields;
    private final List<String> removed;
    private final Terms terms;

    /**
     * How it goes about it.
     *
     * @param replaces whether it goes before the application
     * @param withholds whether it keeps the application's failures to itself
     * @param caching what caches are told of answers to a known caller; null for nothing
     */
    record Terms(
            boolean replaces, boolean withholds, @Nullable String caching) {}

    HeadCare(Map<String, String> fields, Collection<String> removed, Terms terms) {
        var lines = new ArrayList<Header>();
        fields.forEach((name, value) -> lines.add(new Header(name, value)));
        this.fields = List.copyOf(lines);
        this.removed = List.copyOf(removed);
        this.terms = terms;
    }

    @Override
    public boolean asksHead() {
        return true;
    }

    @Override
    public Verdict sending(Request request, Head head) {
        if (terms.withholds && head.ofApplication() && head.status() >= SERVER_ERROR) {
            return new Verdict.Answer(withheld(head), EVIDENCE);
        }
        for (var i = 0; i < removed.size(); i++) {
            head.remove(removed.get(i));
        }
        for (var i = 0; i < fields.size(); i++) {
            put(head, fields.get(i));
        }
        if (terms.caching != null && isForKnownCaller(request) && isSilentOnCaching(head)) {
            head.set(Fields.CACHING, terms.caching);
        }
        return Verdict.pass();
    }

    /** The status says what kind of failure it is, and clients may be told when to come again. */
    private static Reply withheld(Head head) {
        var reply = new Reply(head.status(), WITHHELD.code(), List.of(), List.of());
        var later = head.header(RETRY);
        return later == null ? reply : reply.with(RETRY, later);
    }

    private void put(Head head, Header field) {
        if (terms.replaces || !head.has(field.name())) {
            var value = field.value();
            head.set(field.name(), value.contains(NONCE) ? value.replace(NONCE, head.nonce()) : value);
        }
    }

    /** Whom the gate knows, or whom the application itself may know by credentials. */
    private static boolean isForKnownCaller(Request request) {
        return request.principal() != null || request.header("Authorization") != null;
    }

    private static boolean isSilentOnCaching(Head head) {
        return !head.has(Fields.CACHING) && !head.has("Expires");
    }
}
