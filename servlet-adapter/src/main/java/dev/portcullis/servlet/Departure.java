package dev.portcullis.servlet;

import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response on its way out: it asks the rules before anything is sent, and holds back what they want to see whole.
 *
 * <p>The head is shown to the rules at the first byte, flush or end, and again when the application has changed it since and it
 * still can be. Belongs to one response.
 */
final class Departure {

    private final JudgedResponse response;
    private final ResponseFields fields;
    private final Exchange exchange;
    private final Turn turn;
    private @Nullable HeldContent held;
    private boolean begun;
    private boolean settled;
    private boolean swallowing;
    /** The status of the response when nobody wanted to see its body; 0 when somebody did, or was told that he cannot. */
    private int unwanted;
    /** The type of its body then. */
    private @Nullable String unwantedType;

    /** What is to be known of the request. */
    interface Turn {

        /** Whether the response has no body, whatever the application writes. */
        boolean bodiless();

        /** Whether the application answers outside its turn, piece by piece. */
        boolean streams();
    }

    Departure(JudgedResponse response, ResponseFields fields, Exchange exchange, Turn turn) {
        this.response = response;
        this.fields = fields;
        this.exchange = exchange;
        this.turn = turn;
    }

    ServletOutputStream through(ServletOutputStream stream) {
        return new DepartingStream(stream, this);
    }

    PrintWriter through(PrintWriter writer) {
        return new DepartingWriter(writer, this);
    }

    /** The head is no longer what the rules have seen; once it is sent, nothing changes it. */
    void changed() {
        settled &= response.isCommitted();
    }

    /** The rest of what the application writes goes nowhere. */
    void swallow() {
        swallowing = true;
        held = null;
    }

    /** The application begins anew. */
    void restart() {
        held = null;
        begun = false;
        settled = false;
        unwanted = 0;
    }

    /** Tells whether the bytes go on to the container. */
    boolean passes(byte[] content, int from, int count) throws IOException {
        begin(turn.streams());
        if (held == null || held.flushed()) {
            return open();
        }
        if (!held.take(content, from, count)) {
            unjudged(Watch.Unjudged.TOO_LONG);
            return open();
        }
        return false;
    }

    /** Tells whether the characters go on to the container. */
    boolean passes(CharSequence content) throws IOException {
        begin(turn.streams());
        if (held == null || held.flushed()) {
            return open();
        }
        if (!held.take(content)) {
            unjudged(Watch.Unjudged.TOO_LONG);
            return open();
        }
        return false;
    }

    /** What was flushed before its end is a stream, and the head may have changed. */
    private boolean open() throws IOException {
        if (held != null) {
            unjudged(Watch.Unjudged.STREAMED);
        }
        return !swallowing && reconsider() && settle();
    }

    /**
     * Asks again who wants to see the body, where nobody did and the application has changed since what it is: what was written is with the
     * container already. False when that denies it.
     */
    private boolean reconsider() throws IOException {
        if (unwanted == 0 || settled || isAsUnwanted()) {
            return true;
        }
        unwanted = 0;
        var hold = holding(Watch.Unjudged.STREAMED);
        return hold == null || passed(hold.unjudged(fields, Watch.Unjudged.STREAMED));
    }

    /** Tells whether that is still so which decides whether anybody wants to see the body. */
    private boolean isAsUnwanted() {
        return unwanted == response.getStatus() && Objects.equals(unwantedType, response.getContentType());
    }

    /** Tells whether a flush goes on to the container. Held content waits for its end, or for more of it. */
    boolean flushing() throws IOException {
        begin(turn.streams());
        if (held != null) {
            held.flush();
            return false;
        }
        return open();
    }

    /** Tells whether the container may be asked how it went so far, which flushes. What is held back goes on to be. */
    boolean checking() throws IOException {
        begin(turn.streams());
        return held == null && open();
    }

    /** Nothing more will come. */
    void finish() throws IOException {
        if (held != null) {
            release(held);
        } else if (!swallowing && !settled && reconsider()) {
            settle();
        }
    }

    /**
     * The turn is over and the application goes on without the gate, which does not hear of the end: what was held back is as little
     * to be judged as a stream.
     */
    void escaped() throws IOException {
        if (held != null) {
            unjudged(Watch.Unjudged.STREAMED);
        }
    }

    /** Tells whether content was held back, and nobody can send it any more. */
    boolean lost() {
        return held != null && !held.isEmpty();
    }

    private void begin(boolean streams) throws IOException {
        if (begun || swallowing) {
            return;
        }
        begun = true;
        var hold = turn.bodiless() ? null : holding(streams ? Watch.Unjudged.STREAMED : null);
        held = hold == null ? null : new HeldContent(hold);
        if (hold == null && !streams && !turn.bodiless()) {
            unwanted = response.getStatus();
            unwantedType = response.getContentType();
        }
    }

    private Watch.@Nullable Hold holding(Watch.@Nullable Unjudged obstacle) {
        fields.obstacle(obstacle);
        return exchange.outcome().watch().holding(exchange.view(), fields);
    }

    private void unjudged(Watch.Unjudged why) throws IOException {
        var content = held;
        held = null;
        if (content == null || !passed(content.hold().unjudged(fields, why)) || !settle()) {
            return;
        }
        content.passOn(response);
        onwardIf(content.flushed());
    }

    private void release(HeldContent content) throws IOException {
        held = null;
        fields.restore();
        var body = content.body(fields, response.getCharacterEncoding());
        if (!passed(content.hold().judge(body))) {
            return;
        }
        if (body.replaced()) {
            response.setContentLength(body.bytes().length);
        }
        if (show()) {
            body.send(response);
            onwardIf(content.flushed());
        }
    }

    private void onwardIf(boolean flushed) throws IOException {
        if (flushed) {
            response.onward();
        }
    }

    /** Shows the rules the head, unless they have seen it as it is. False when they deny. */
    private boolean settle() throws IOException {
        if (settled) {
            return true;
        }
        fields.restore();
        return show();
    }

    /** Shows the rules the head with what they have made of it so far. */
    private boolean show() throws IOException {
        settled = true;
        if (!passed(exchange.outcome().watch().sending(exchange.view(), fields))) {
            return false;
        }
        fields.apply();
        return true;
    }

    private boolean passed(Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Deny deny) {
            response.deny(deny.reply());
            return false;
        }
        if (verdict instanceof Verdict.Answer answer) {
            response.replace(answer.reply());
            return false;
        }
        return true;
    }

    /** Shows the rules a head that the container is about to write, with this status. True when they deny it. */
    boolean error(int status) throws IOException {
        if (swallowing || response.isCommitted()) {
            return swallowing;
        }
        settled = false;
        fields.pending(status);
        try {
            return !settle();
        } finally {
            fields.pending(0);
        }
    }

    /**
     * The container was told to write a head of its own. Some do not listen to what is included, and then the application goes on, as
     * held back as before.
     */
    void told() {
        if (response.isCommitted()) {
            swallow();
        } else {
            settled = false;
        }
    }
}
