package dev.portcullis.limit;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.concurrent.atomic.LongAdder;

/** Lets each caller have so many requests in flight. Thread-safe. */
final class PerCaller implements Check {

    private static final Crowded CROWDED = Crowded.caller("");
    private static final Crowded NO_ROOM = Crowded.service("the table of keys in flight is full");

    /** Requests in flight hold on to their rule, so that this is not forgotten while one is. */
    private final Callers callers;

    private final Keying keying;
    private final InFlight settings;

    /** The counts of all callers. */
    record Callers(Slots slots, Keying keying, LongAdder denied) {}

    /** The keying is that of the counts, with the names by which this policy set knows clients. */
    PerCaller(Callers callers, Keying keying, InFlight settings) {
        this.callers = callers;
        this.keying = keying;
        this.settings = settings;
    }

    @Override
    public Verdict check(Request request) {
        var priorities = settings.priorities();
        if (priorities.exempt().test(request)) {
            return Verdict.pass();
        }
        var most = priorities.most(settings.permits(), request);
        var slot = callers.slots.take(keying.of(request), most);
        if (slot == Slot.NONE_FREE || slot == Slot.NO_ROOM) {
            callers.denied.increment();
            return (slot == Slot.NO_ROOM ? NO_ROOM : CROWDED).of(request);
        }
        return Verdict.Pass.watching(new Permit(slot, null, null));
    }
}
