package dev.portcullis.abuse;

import dev.portcullis.Address;
import dev.portcullis.Change;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What operators are told of. Thread-safe.
 *
 * @param clock the time of day
 * @param changes who tells them
 * @param observed whether what it tells of changes nothing for anybody
 */
record Events(Clock clock, Consumer<Change> changes, boolean observed) {

    /** Somebody is locked out. What a credential says of itself is not told: it may be anything. */
    void lockedOut(Address address, Subject subject, long millis) {
        tell(
                "locked-out",
                Map.of(
                        "address",
                        address.toString(),
                        "what",
                        subject.isPair() ? "account-at-address" : "address",
                        "seconds",
                        String.valueOf((millis + 999) / 1000)));
    }

    /** Too many failed over all. */
    void manyFailures(FailureLimits limits) {
        tell(
                "many-failures",
                Map.of(
                        "failures",
                        String.valueOf(limits.overall()),
                        "seconds",
                        String.valueOf(limits.times().per().toSeconds())));
    }

    private void tell(String what, Map<String, String> details) {
        var all = new TreeMap<>(details);
        all.put("mode", observed ? "observe" : "enforce");
        changes.accept(new Change(clock.instant(), what, "gate", all));
    }
}
