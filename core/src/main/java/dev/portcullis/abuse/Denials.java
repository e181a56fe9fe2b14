package dev.portcullis.abuse;

import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * The denials for one reason, which differ only in when to come again. Thread-safe.
 *
 * <p>Those for the next minutes are made once, so that a flood makes no garbage. Two threads may make the same one at a time; it is
 * immutable, and either will do.
 */
final class Denials {

    private static final int PREPARED = 300;

    private final Reply reply;
    private final Evidence evidence;
    private final Verdict.@Nullable Deny[] prepared = new Verdict.Deny[PREPARED];

    Denials(Reply reply, Evidence evidence) {
        this.reply = reply;
        this.evidence = evidence;
    }

    /** The denial that asks to come again after so many milliseconds, which are rounded up to seconds. */
    Verdict.Deny after(long millis) {
        var seconds = Math.max(1, (millis + 999) / 1000);
        if (seconds >= PREPARED) {
            return made(seconds);
        }
        var deny = prepared[(int) seconds];
        if (deny == null) {
            deny = made(seconds);
            prepared[(int) seconds] = deny;
        }
        return deny;
    }

    private Verdict.Deny made(long seconds) {
        return Verdict.deny(reply.with("Retry-After", Long.toString(seconds)), evidence);
    }
}
