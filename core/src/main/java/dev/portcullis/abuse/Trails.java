package dev.portcullis.abuse;

import dev.portcullis.Request;
import dev.portcullis.Route;

/** Who goes through the values of path variables. Thread-safe. */
final class Trails {

    private static final long SPAN = 10L * 60 * 1000;
    private static final int MOST_DIGITS = 18;
    private static final long NOWHERE = 0;
    private static final long NO_NUMBER = Long.MIN_VALUE / 4;

    private final Salt salt = Salt.random();
    private final SteadyTime time;
    private final Table<Trail> table;

    Trails(SteadyTime time, int maxKeys) {
        this.time = time;
        this.table = new Table<>(maxKeys, Trail::new);
    }

    /** Notes that a request went where nothing is; whether its sender has not gone there of late. */
    boolean isNew(Request request) {
        var who = who(request);
        var row = table.makeRow(who, NOWHERE);
        row.lock();
        try {
            var now = time.now();
            return row.make(who, NOWHERE, now).first(salt.text(request.path(), 5), now, SPAN);
        } finally {
            row.unlock();
        }
    }

    /** Notes that a request has asked for something in vain; how much of an enumeration it is, from 0 to 2. */
    int note(Request request, Route route) {
        var who = who(request);
        var low = salt.text(route.id(), 2);
        var hash = 0L;
        var number = NO_NUMBER;
        for (var variable : route.variables().entrySet()) {
            hash += salt.joined(salt.text(variable.getKey(), 3), salt.text(variable.getValue(), 4));
            number = number(variable.getValue(), number);
        }
        var row = table.makeRow(who, low);
        row.lock();
        try {
            var now = time.now();
            return row.make(who, low, now).note(hash, number, now, SPAN);
        } finally {
            row.unlock();
        }
    }

    private long who(Request request) {
        var principal = request.principal();
        return principal == null
                ? salt.joined(Salt.family(request.address()), Salt.network(request.address()))
                : salt.joined(salt.text(principal.issuer(), 0), salt.text(principal.client(), 1));
    }

    private static long number(String text, long otherwise) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return otherwise;
        }
        var number = 0L;
        for (var i = 0; i < text.length(); i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
