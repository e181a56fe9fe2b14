package dev.portcullis.cli;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.http.Nonce;
import dev.portcullis.http.WrittenHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a recorded answer on its way out. Immutable.
 *
 * <p>An answer of which nothing is known counts as an empty 200.
 *
 * @param reply what the gate sends in its stead; null when the application's answer goes out
 * @param headers the header lines of the reply, or those that are added to the application's
 */
record RecordedAnswer(@Nullable Reply reply, List<Header> headers) {

    private static final int OK = 200;

    static RecordedAnswer of(TrafficLine.Response response, Request view, Outcome outcome, Verdict reading) {
        var way = new Way(view, outcome);
        if (outcome instanceof Outcome.Stop stop) {
            return way.stopped(stop.reply());
        }
        return reading instanceof Verdict.Deny deny ? way.stopped(deny.reply()) : way.answered(response);
    }

    /** The way out of one exchange. */
    private record Way(Request view, Outcome outcome) {

        RecordedAnswer stopped(Reply reply) {
            var headers = new ArrayList<>(reply.headers());
            headers.addAll(outcome.headers());
            var head = WrittenHead.ofReply(reply.status(), Nonce.made(), headers);
            outcome.watch().sending(view, head);
            return new RecordedAnswer(reply, head.lines());
        }

        RecordedAnswer answered(TrafficLine.Response response) {
            var sent = new ArrayList<>(outcome.headers());
            sent.addAll(response.headers());
            var head = WrittenHead.ofApplication(response.status() == 0 ? OK : response.status(), sent);
            var verdict = body(response.body(), head);
            verdict =
                    verdict instanceof Verdict.Deny ? verdict : outcome.watch().sending(view, head);
            if (verdict instanceof Verdict.Deny deny) {
                return stopped(deny.reply());
            }
            if (verdict instanceof Verdict.Answer answer) {
                return stopped(answer.reply());
            }
            var added = new ArrayList<>(head.lines());
            response.headers().forEach(added::remove);
            return new RecordedAnswer(null, added);
        }

        private Verdict body(byte[] body, Watch.Head head) {
            var hold = body.length == 0 || view.method().equals("HEAD")
                    ? null
                    : outcome.watch().holding(view, head);
            if (hold == null) {
                return Verdict.pass();
            }
            return body.length > hold.bound()
                    ? hold.unjudged(head, Watch.Unjudged.TOO_LONG)
                    : hold.judge(new RecordedBody(head, body));
        }
    }

    /** A body that goes nowhere, whatever is put in its place. */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    private record RecordedBody(Watch.Head head, byte[] bytes) implements Watch.Held {

        @Override
        public void replace(byte[] body) {}
    }
}
