package dev.portcullis.ip;

import dev.portcullis.Address;

/** Tells in which country an address is used, as far as anybody knows. Implementations are thread-safe and wait for nothing. */
@FunctionalInterface
public interface Countries {

    /** What stands for a country that is not known. */
    String UNKNOWN = "unknown";

    /**
     * The country's code in capital letters (ISO 3166-1, two letters), or {@link #UNKNOWN}.
     *
     * @throws RuntimeException when nobody can tell
     */
    String of(Address address);
}
