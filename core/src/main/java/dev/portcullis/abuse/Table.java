package dev.portcullis.abuse;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cells by their keys, in so much room and no more. Thread-safe.
 *
 * <p>A key belongs to one of many rows, each with room for a few cells and a lock of its own. When a row is full, a cell is given to
 * another key only if it is idle, and so no different from a new one. While none is, further keys of the row share a cell beside the
 * others; a key that gets a cell of its own afterwards begins with what the shared one says. So a flood of keys gets nobody a fresh
 * count, takes nobody's away, and can at worst make a few strangers share theirs. All work is bounded by the width of a row.
 *
 * @param <C> what is kept for a key
 */
final class Table<C extends Table.Cell<C>> {

    /** How many keys have their own cell in a row. */
    static final int WIDTH = 8;

    private final AtomicReferenceArray<@Nullable Row<C>> rows;
    private final Supplier<C> maker;
    private final AtomicLong size = new AtomicLong();
    private final AtomicLong crowded = new AtomicLong();

    /** What is kept for a key. It is read and changed only while its row is locked. */
    interface Cell<C> {

        /** Tells whether it says no more than a new one. */
        boolean isIdle(long now);

        /** Begins anew. */
        void clear();

        /** Says what the other says. */
        void copy(C other);
    }

    Table(int maxKeys, Supplier<C> maker) {
        this.rows = new AtomicReferenceArray<>(Math.max(1, (maxKeys + WIDTH - 1) / WIDTH));
        this.maker = maker;
    }

    /** The row of a key; null while nothing is kept in it. */
    @Nullable
    Row<C> row(long high, long low) {
        return rows.get(index(high, low));
    }

    /** The row of a key. */
    Row<C> makeRow(long high, long low) {
        var index = index(high, low);
        var row = rows.get(index);
        if (row != null) {
            return row;
        }
        var made = new Row<C>(this);
        var other = rows.compareAndExchange(index, null, made);
        return other == null ? made : other;
    }

    private int index(long high, long low) {
        return Math.floorMod(high * 31 + low, rows.length());
    }

    /** How many keys have, or had, a cell of their own. */
    long size() {
        return size.get();
    }

    /** How often a key had to share a cell. */
    long crowded() {
        return crowded.get();
    }

    /** The cells of some keys. Whoever asks for one holds the lock. */
    static final class Row<C extends Cell<C>> {

        private final Table<C> table;
        private final ReentrantLock lock = new ReentrantLock();
        private final long[] keys = new long[2 * WIDTH];
        private final @Nullable Object[] cells = new Object[WIDTH];
        private @Nullable C shared;

        private Row(Table<C> table) {
            this.table = table;
        }

        void lock() {
            lock.lock();
        }

        void unlock() {
            lock.unlock();
        }

        /** What is kept for the key; null when that is nothing. */
        @Nullable
        C find(long high, long low, long now) {
            var own = own(high, low);
            if (own != null) {
                return own;
            }
            return shared == null || shared.isIdle(now) ? null : shared;
        }

        /** The cell to note something in. */
        C make(long high, long low, long now) {
            var own = makeOwn(high, low, now);
            if (own != null) {
                return own;
            }
            var common = shared == null ? table.maker.get() : shared;
            shared = common;
            return common;
        }

        /** Tells whether a cell is that which keys share. */
        boolean isShared(C cell) {
            return cell == shared;
        }

        /** The key's own cell; null when there is no room for one. */
        @Nullable
        C makeOwn(long high, long low, long now) {
            var own = own(high, low);
            if (own != null) {
                return own;
            }
            for (var i = 0; i < WIDTH; i++) {
                var cell = cell(i);
                if (cell == null || cell.isIdle(now)) {
                    return give(i, high, low, now);
                }
            }
            table.crowded.incrementAndGet();
            return null;
        }

        private C give(int place, long high, long low, long now) {
            var cell = cell(place);
            if (cell == null) {
                cell = table.maker.get();
                cells[place] = cell;
                table.size.incrementAndGet();
            }
            cell.clear();
            if (shared != null && !shared.isIdle(now)) {
                cell.copy(shared);
            }
            keys[2 * place] = high;
            keys[2 * place + 1] = low;
            return cell;
        }

        /** What is kept for this key and no other. */
        @Nullable
        C own(long high, long low) {
            for (var i = 0; i < WIDTH; i++) {
                if (keys[2 * i] == high && keys[2 * i + 1] == low && cells[i] != null) {
                    return cell(i);
                }
            }
            return null;
        }

        @SuppressWarnings("unchecked") // an array cannot be made of a type variable; only `give` writes into it
        private @Nullable C cell(int place) {
            return (C) cells[place];
        }
    }
}
