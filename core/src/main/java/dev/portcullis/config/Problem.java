package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a configuration. Immutable.
 *
 * @param key the key, such as {@code policies.partners.ip.allow[0]}; empty when the whole file is meant
 * @param place where it is written, such as {@code portcullis.yml:12:9}; empty when that is not known
 * @param message what is wrong, in lower case and without a final stop
 * @param help what to do about it; empty when the message says it
 */
public record Problem(String key, String place, String message, String help) {

    /** Checks that all parts are there. */
    public Problem {
        requireNonNull(key, "key");
        requireNonNull(place, "place");
        requireNonNull(message, "message");
        requireNonNull(help, "help");
    }

    /** The problem as an operator reads it, on one line or two. */
    @Override
    public String toString() {
        var where = place.isEmpty() ? key : key.isEmpty() ? place : key + " (" + place + ")";
        var first = where.isEmpty() ? message : where + ": " + message;
        return help.isEmpty() ? first : first + "\n  help: " + help;
    }
}
