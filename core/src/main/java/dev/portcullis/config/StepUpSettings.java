package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How callers must have logged in, as written. Immutable.
 *
 * @param acr contexts of which the login's must be one
 * @param amr methods of which the login must have used one
 * @param maxAge how long ago the login may be
 * @param kinds which callers it is demanded of
 * @param mode the mode of this part
 */
public record StepUpSettings(
        @Key(
                description =
                        "The contexts of which the claim `acr` must be one, the preferred first, as clients are told.")
        @Nullable
        List<String> acr,

        @Key(description = "The methods of which one must be in the claim `amr`, such as `[otp, hwk]`.") @Nullable
        List<String> amr,

        @Key(
                description = "How long ago the login (`auth_time`) may be, such as `10m`.",
                defaultValue = "as long as the token lasts",
                type = Key.Type.DURATION)
        @Nullable
        String maxAge,

        @Key(
                description = "The sorts of callers of whom it is demanded; programs have no login to show.",
                defaultValue = "all",
                oneOf = {"user", "service", "client"})
        @Nullable
        List<String> kinds,

        @Key(
                description = "The mode of this rule.",
                defaultValue = "the mode of the part around it",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
