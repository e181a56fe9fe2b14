package dev.portcullis.metric;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** What is counted by a key, for so many keys at most; the others are counted together. Thread-safe. */
final class Table<K, V> {

    private final int most;
    private final K other;
    private final Function<K, V> maker;
    private final ConcurrentMap<K, V> values = new ConcurrentHashMap<>();

    Table(int most, K other, Function<K, V> maker) {
        this.most = most;
        this.other = other;
        this.maker = maker;
    }

    V at(K key) {
        var value = values.get(key);
        return value == null ? first(key) : value;
    }

    /** A few more may come in at the same time, each of which is a route or a rule of the application. */
    private V first(K key) {
        return values.computeIfAbsent(values.size() < most ? key : other, maker);
    }

    ConcurrentMap<K, V> values() {
        return values;
    }
}
