package dev.portcullis.limit;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import java.util.List;

/** Asks where the counts are for a permit of the request's key. Thread-safe. */
final class Limit implements Check {

    private final Counts counts;
    private final Keying keying;
    private final Quota quota;
    private final RateFields fields;

    Limit(Counts counts, Keying keying, List<Window> windows) {
        this.counts = counts;
        this.keying = keying;
        this.quota = new Quota(windows);
        this.fields = new RateFields(windows);
    }

    @Override
    public Verdict check(Request request) {
        var key = keying.of(request);
        var reading = counts.take(key, quota, 1);
        if (!reading.passed()) {
            return fields.deny(reading);
        }
        return new Verdict.Pass(fields.pass(reading), null, new Taken(key, reading.at()));
    }

    /** What was taken for one request, and is given back when a later limit denies it. */
    private final class Taken implements Watch {

        private final MeterKey key;
        private final long at;

        Taken(MeterKey key, long at) {
            this.key = key;
            this.at = at;
        }

        @Override
        public void denied(Verdict.Deny deny) {
            if (Denials.ofLimit(deny)) {
                counts.giveBack(key, quota, 1, at);
            }
        }
    }
}
