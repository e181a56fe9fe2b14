package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger with a planted fault.
 *
 * @param right what it makes of it
 * @param fault the fault
 * @param looks how often each key was looked for
 */
record FaultyLedger(Ledger right, Fault fault, Map<String, Integer> looks) implements Ledger {

    FaultyLedger(Ledger right, Fault fault) {
        this(right, fault, new ConcurrentHashMap<>());
    }

    /** What is wrong with it. */
    enum Fault {
        ALWAYS_TRUE,
        NEVER_EXPIRES,
        ONE_SPACE,
        CASE_BLIND,
        LOSES_EVERY_THIRD_CHANGE,
        TELLS_ALL_AS_SEEN,
        CUTS_CHANGES,
        NOT_ATOMIC,
        CURSOR_RUNS_AHEAD,
        TRIMS_VALUES,
        UNBOUNDED,
        ANSWERS_WHEN_CLOSED
    }

    @Override
    public boolean putIfAbsent(String space, String key, String value, Instant until) {
        return switch (fault) {
            case ALWAYS_TRUE -> right.putIfAbsent(space, key, value, until) || true;
            case NEVER_EXPIRES -> right.putIfAbsent(space, key, value, until.plusSeconds(100_000));
            case ONE_SPACE -> right.putIfAbsent("one", key, value, until);
            case CASE_BLIND -> right.putIfAbsent(space, key.toLowerCase(Locale.ROOT), value, until);
            case TRIMS_VALUES -> right.putIfAbsent(space, key, value.trim(), until);
            case NOT_ATOMIC -> slowly(space, key, value, until);
            case UNBOUNDED -> right.putIfAbsent(space, key.substring(0, Math.min(key.length(), MAX_KEY)), value, until);
            case ANSWERS_WHEN_CLOSED -> answering(space, key, value, until);
            default -> right.putIfAbsent(space, key, value, until);
        };
    }

    /** Looks first and writes later: of callers that race, not before another one has looked too. */
    private boolean slowly(String space, String key, String value, Instant until) {
        var there = right.changes(space, 0).entries().stream()
                .anyMatch(entry -> entry.key().equals(key));
        looks.merge(key, 1, Integer::sum);
        if (Race.isOn()) {
            Until.holds(() -> assertThat(looks.get(key)).isGreaterThan(1));
        }
        if (!there) {
            right.putIfAbsent(space, key, value, until);
        }
        return !there;
    }

    private boolean answering(String space, String key, String value, Instant until) {
        try {
            return right.putIfAbsent(space, key, value, until);
        } catch (LedgerUnavailable e) {
            return true;
        }
    }

    @Override
    public Changes changes(String space, long since) {
        var changes = right.changes(fault == Fault.ONE_SPACE ? "one" : space, since);
        var entries = changes.entries();
        return switch (fault) {
            case LOSES_EVERY_THIRD_CHANGE ->
                new Changes(entries.stream().filter(e -> !e.key().endsWith("2")).toList(), changes.cursor());
            case TELLS_ALL_AS_SEEN -> since > 0 ? new Changes(List.of(), since) : changes;
            case CUTS_CHANGES -> new Changes(entries.subList(0, Math.min(10, entries.size())), changes.cursor());
            case CURSOR_RUNS_AHEAD -> new Changes(entries, changes.cursor() + 3);
            default -> changes;
        };
    }

    @Override
    public void close() {
        right.close();
    }
}
