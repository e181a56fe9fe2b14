package dev.portcullis.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The numbers under which limits are counted in this process, by what their counts depend on. Thread-safe.
 *
 * <p>A number is never given to another limit. A limit that was removed finds its counts when it comes back, unless as many others as
 * are remembered were made in between: so that reloads, however many, leave no more behind than that.
 */
final class RuleNumbers {

    /** How many limits are remembered, those of policies in force included. */
    static final int MAX_REMEMBERED = 100_000;

    /**
     * What counts depend on.
     *
     * @param rule the name under which they are counted
     * @param key by what
     */
    record Name(String rule, LimitKey key) {}

    private final Map<Name, Integer> numbers;
    private final ReentrantLock lock = new ReentrantLock();
    private int last;

    RuleNumbers() {
        this(MAX_REMEMBERED);
    }

    RuleNumbers(int most) {
        numbers = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Name, Integer> eldest) {
                return size() > most;
            }
        };
    }

    /** The number of a limit. */
    int of(Name name) {
        lock.lock();
        try {
            var known = numbers.get(name);
            if (known != null) {
                return known;
            }
            last++;
            numbers.put(name, last);
            return last;
        } finally {
            lock.unlock();
        }
    }
}
