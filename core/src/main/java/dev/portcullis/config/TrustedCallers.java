package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Callers of whom detectors must be surer. Immutable.
 *
 * @param clients the clients
 * @param tiers the plans
 * @param level how suspicious detectors are of them
 */
public record TrustedCallers(
        @Key(description = "The clients: `NAME` of `clients`, or `ISSUER/CLIENT`.") @Nullable
        List<String> clients,

        @Key(description = "The plans whose callers are trusted.") @Nullable
        List<String> tiers,

        @Key(
                description = "How suspicious the detectors are of them.",
                defaultValue = "low",
                oneOf = {"low", "balanced"})
        @Nullable
        String level) {}
