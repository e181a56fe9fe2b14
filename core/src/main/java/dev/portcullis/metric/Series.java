package dev.portcullis.metric;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * One number that changes with time, by its name and its labels. Thread-safe.
 *
 * @param name its name as Prometheus writes it, such as {@code portcullis_requests_total}
 * @param kind whether it only grows
 * @param labels its labels
 * @param value gives the number of the moment; not a number when there is none any more
 */
public record Series(String name, Kind kind, Map<String, String> labels, DoubleSupplier value) {

    /** How a number changes. */
    public enum Kind {
        /** It only grows. */
        COUNTER,
        /** It goes up and down. */
        GAUGE
    }

    /** Copies the labels. */
    public Series {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(value, "value");
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A number that only grows. */
    public static Series counter(String name, Map<String, String> labels, DoubleSupplier value) {
        return new Series(name, Kind.COUNTER, labels, value);
    }

    /** A number that goes up and down. */
    public static Series gauge(String name, Map<String, String> labels, DoubleSupplier value) {
        return new Series(name, Kind.GAUGE, labels, value);
    }

    /** What tells it from others: its name and its labels. */
    public String id() {
        return name + labels;
    }

    /** The number of the moment. */
    public Sample sample() {
        return new Sample(name, labels, value.getAsDouble());
    }

    /**
     * A number at one time. Immutable.
     *
     * @param name its name
     * @param labels its labels
     * @param value the number
     */
    public record Sample(String name, Map<String, String> labels, double value) {
        /** Checks that nothing is missing. */
        public Sample {
            requireNonNull(name, "name");
            requireNonNull(labels, "labels");
        }
    }
}
