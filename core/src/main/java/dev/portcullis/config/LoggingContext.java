package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * The names under which log lines say whom they are about, as written. Immutable.
 *
 * @param requestId the name for the correlation id
 * @param client the name for the client that acts
 * @param tenant the name for the caller's tenant
 */
public record LoggingContext(
        @Key(
                description = "The name for the correlation id; `none` leaves it out.",
                defaultValue = LoggedNames.REQUEST_ID)
        @Nullable
        String requestId,

        @Key(
                description = "The name for the client that acts; `none` leaves it out.",
                defaultValue = LoggedNames.CLIENT)
        @Nullable
        String client,

        @Key(description = "The name for the caller's tenant; `none` leaves it out.", defaultValue = LoggedNames.TENANT)
        @Nullable
        String tenant) {}
