package dev.portcullis.denial;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that an operator denies. Immutable.
 *
 * @param id its id, by which it is lifted
 * @param target what is denied
 * @param reason why, for operators
 * @param by who denies it
 * @param at since when
 * @param until until when
 */
public record Denial(String id, Target target, String reason, String by, Instant at, Instant until) {

    /** Checks that all is there, and fit to be shown. */
    public Denial {
        requireNonNull(target, "target");
        requireNonNull(at, "at");
        requireNonNull(until, "until");
        Target.demandText("id", id);
        Target.demandText("reason", reason);
        Target.demandText("by", by);
    }

    /** Tells whether it holds at an instant. */
    public boolean holds(Instant now) {
        return until.isAfter(now);
    }
}
