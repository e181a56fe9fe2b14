package dev.portcullis.auth;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which credentials were right lately: what is sent again is no guess, though it may have become wrong. Thread-safe.
 *
 * <p>The hash names two places for each; the one that came first makes room. A place holds 64 bits of a hash that only whoever has the
 * credential can compute, so that nobody finds another that is taken for it.
 */
final class ProvenKeys {

    /** How many are remembered at most. */
    static final int MAX = 1 << 14;

    private final AtomicLongArray places = new AtomicLongArray(MAX);

    private static int place(Fingerprint print) {
        return (int) print.a() & MAX - 2;
    }

    boolean contains(Fingerprint print) {
        var place = place(print);
        return places.getOpaque(place) == print.b() || places.getOpaque(place + 1) == print.b();
    }

    /** Two threads that add to one pair of places at a time may forget one credential more than they must, and never add one. */
    void add(Fingerprint print) {
        var place = place(print);
        var newest = places.getOpaque(place);
        if (newest != print.b() && places.getOpaque(place + 1) != print.b()) {
            places.setOpaque(place + 1, newest);
            places.setOpaque(place, print.b());
        }
    }
}
