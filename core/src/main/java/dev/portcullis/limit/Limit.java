package dev.portcullis.limit;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;

/** Asks the meter of the request's key. Thread-safe. */
final class Limit implements Check {

    private final Meters meters;
    private final Keying keying;
    private final Quota quota;
    private final RateFields fields;

    Limit(Meters meters, Keying keying, Quota quota) {
        this.meters = meters;
        this.keying = keying;
        this.quota = quota;
        this.fields = new RateFields(quota.windows());
    }

    @Override
    public Verdict check(Request request) {
        var reading = meters.take(keying.of(request), quota);
        return reading.passed() ? Verdict.Pass.adding(fields.pass(reading)) : fields.deny(reading);
    }
}
