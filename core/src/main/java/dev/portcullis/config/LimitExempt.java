package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is not counted. Immutable.
 *
 * @param addresses the addresses
 * @param clients the clients
 */
public record LimitExempt(
        @Key(description = "The addresses that are not counted, as ranges.") @Nullable
        List<String> addresses,

        @Key(description = "The clients that are not counted: `NAME` of `clients`, or `ISSUER/CLIENT`.") @Nullable
        List<String> clients) {}
