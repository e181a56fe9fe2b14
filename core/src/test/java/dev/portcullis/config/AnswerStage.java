package dev.portcullis.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.WrittenHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends answers through gates and notes what is told of them. For one test. */
final class AnswerStage {

    static final String CARD = "{\"card\":\"4111111111111111\"}";
    static final String JSON = "application/json";

    final List<String> told = new ArrayList<>();
    final Listener listener = new Listener() {
        @Override
        public void denied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("denied " + rule.name() + " " + deny.evidence().reason());
        }

        @Override
        public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("would have denied " + rule.name() + " " + deny.evidence().reason());
        }

        @Override
        public void noticed(Request request, String rule, Verdict.Evidence evidence) {
            told.add("noticed " + rule + " " + evidence.reason() + " " + evidence.matched() + " " + evidence.detail());
        }
    };

    /** A body on its way out, as an adapter holds it. */
    private static final class Body implements Watch.Held {

        private final Watch.Head head;
        private byte[] bytes;

        Body(Watch.Head head, String text) {
            this.head = head;
            this.bytes = text.getBytes(UTF_8);
        }

        @Override
        public Watch.Head head() {
            return head;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void replace(byte[] other) {
            bytes = other.clone();
        }
    }

    /** A gate whose responses are judged so, for all and for those with a key. */
    Gate gate(String part) {
        var yaml = Gates.CLIENTS + "policies: { a: { paths: [/**], public: true, response-body: " + part
                + " }, b: { paths: [/keyed], authenticate: [api-key], response-body: " + part + " } }";
        return Gate.builder(Gates.file(yaml))
                .clock(HandClock.at("2026-01-01T00:00:00Z"))
                .listener(listener)
                .build();
    }

    /** The body that goes out. */
    String sent(Gate gate, RecordedWire wire, String type, String text) {
        return sent(gate, wire, type, text, null);
    }

    /** The body that goes out, or the status and code of the reply that goes out in its stead. */
    String sent(Gate gate, RecordedWire wire, String type, String text, Watch.@Nullable Unjudged obstacle) {
        var view = gate.view(wire);
        var outcome = gate.engine().evaluate(view);
        var head = WrittenHead.ofApplication(
                200, List.of(new Header("Content-Type", type), new Header("Content-Digest", "sha-256=:x:")));
        var hold = outcome.watch().holding(view, head);
        if (hold == null) {
            return text;
        }
        var body = new Body(head, text);
        var verdict = obstacle == null ? hold.judge(body) : hold.unjudged(head, obstacle);
        if (verdict instanceof Verdict.Deny deny) {
            return deny.reply().status() + " " + deny.reply().code();
        }
        assertThat(head.header("Content-Digest") != null).isEqualTo(text.equals(new String(body.bytes, UTF_8)));
        return new String(body.bytes, UTF_8);
    }

    /** What is told of an answer, body first, as adapters do. */
    List<String> judged(Gate gate, int status, String type, String text) {
        return judged(gate, WrittenHead.ofApplication(status, List.of(new Header("Content-Type", type))), text);
    }

    /** The same of an answer with this head. */
    List<String> judged(Gate gate, Watch.Head head, String text) {
        told.clear();
        var view = gate.view(Gates.get("/a"));
        var watch = gate.engine().evaluate(view).watch();
        var hold = watch.holding(view, head);
        if (hold != null) {
            hold.judge(new Body(head, text));
        }
        watch.sending(view, head);
        watch.sending(view, head);
        return told;
    }
}
