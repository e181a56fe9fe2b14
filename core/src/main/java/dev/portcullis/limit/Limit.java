package dev.portcullis.limit;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;

/** Asks the count of the request's key. Thread-safe. */
final class Limit implements Check {

    private static final long COST = 1;

    private final Counts counts;
    private final Keying keying;
    private final Quota quota;
    private final RateFields fields;

    Limit(Counts counts, Keying keying, Quota quota) {
        this.counts = counts;
        this.keying = keying;
        this.quota = quota;
        this.fields = new RateFields(quota.windows());
    }

    @Override
    public Verdict check(Request request) {
        var reading = counts.take(keying.of(request), quota, COST);
        return reading.passed() ? Verdict.Pass.adding(fields.pass(reading)) : fields.deny(reading);
    }
}
