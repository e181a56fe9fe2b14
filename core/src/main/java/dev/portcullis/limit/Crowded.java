package dev.portcullis.limit;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The denials of one limit, made once. Immutable.
 *
 * <p>Nobody knows when a permit will be free. Callers are asked to come again after one to three seconds, so that those who were
 * denied at one time do not come again at one time.
 */
final class Crowded {

    private static final int MAX_SECONDS = 3;

    private final List<Verdict.Deny> denials;

    private Crowded(int status, String code, Evidence evidence) {
        denials = IntStream.rangeClosed(1, MAX_SECONDS)
                .mapToObj(seconds -> Verdict.deny(
                        Reply.problem(status, code).with("Retry-After", Integer.toString(seconds)), evidence))
                .toList();
    }

    /** The service has enough to do, whoever calls. */
    static Crowded service(String detail) {
        var reply = Reply.problem(503, "overloaded");
        return new Crowded(reply.status(), reply.code(), Evidence.of(reply.code(), detail));
    }

    /** This caller has enough in flight; another might be let through. */
    static Crowded caller(String detail) {
        var reply = Reply.problem(429, "concurrency-limited");
        return new Crowded(reply.status(), reply.code(), Evidence.of(reply.code(), detail));
    }

    /** One of the denials. */
    Verdict.Deny of(Request request) {
        return denials.get((int) Math.floorMod(request.began() >>> 10, (long) MAX_SECONDS));
    }
}
