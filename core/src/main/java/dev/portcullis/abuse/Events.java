package dev.portcullis.abuse;

import dev.portcullis.Address;
import java.util.Map;
import java.util.TreeMap;

/**
 * What operators are told of locks. Thread-safe.
 *
 * @param outlet by which they are told
 * @param observed whether what it tells of changes nothing for anybody
 */
record Events(Outlet outlet, boolean observed) {

    /** Somebody is locked out. What a credential says of itself is not told: it may be anything. */
    void lockedOut(Address address, Subject subject, long millis) {
        tell(
                "locked-out",
                Map.of(
                        "address",
                        address.toString(),
                        "what",
                        what(subject),
                        "seconds",
                        String.valueOf((millis + 999) / 1000)));
    }

    private static String what(Subject subject) {
        if (subject.isPair()) {
            return "account-at-address";
        }
        return subject.family() == Subject.SITE ? "site" : "address";
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
        outlet.tell(what, all);
    }
}
