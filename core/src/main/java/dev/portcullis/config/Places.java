package dev.portcullis.config;

/** Tells where a key is written, so that an operator finds it. Implementations are thread-safe. */
@FunctionalInterface
public interface Places {

    /** Nothing is known about places. */
    Places UNKNOWN = key -> "";

    /** Where the key is written, such as {@code portcullis.yml:12:9}; empty when that is not known. */
    String of(String key);

    /** Whether the value of the key is, at least in part, that of an environment variable which has no default. */
    default boolean isVariable(String key) {
        return false;
    }
}
