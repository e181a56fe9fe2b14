package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may call. Immutable.
 *
 * @param allow the only ranges that may call; null or empty: all that are not denied
 * @param deny the ranges that may not call
 * @param allowFeeds the feeds whose addresses may call beside those
 * @param denyFeeds the feeds whose addresses may not call
 * @param allowCountries the only countries from which anybody may call
 * @param denyCountries the countries from which nobody may call
 * @param mode the mode of this part
 */
public record Ip(
        @Key(description = "The only addresses that may call, as ranges.", defaultValue = "all that are not denied")
        @Nullable
        List<String> allow,

        @Key(description = "The addresses that may not call, as ranges; this wins over `allow`.") @Nullable
        List<String> deny,

        @Key(
                description =
                        "The feeds whose addresses may call too; with one, nobody may who is neither listed there nor in `allow`.")
        @Nullable
        List<String> allowFeeds,

        @Key(description = "The feeds whose addresses may not call; what `allow` names they do not deny.") @Nullable
        List<String> denyFeeds,

        @Key(
                description =
                        "The only countries from which anybody may call, by two letters (ISO 3166-1); `unknown` stands for those that nobody knows. It needs `geo.country`.")
        @Nullable
        List<String> allowCountries,

        @Key(description = "The countries from which nobody may call; this wins over `allow-countries`.") @Nullable
        List<String> denyCountries,

        @Key(
                description = "The mode of the address rule.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {

    /** Addresses without feeds and countries, as annotations name them. */
    public static Ip of(@Nullable List<String> allow, @Nullable List<String> deny) {
        return new Ip(allow, deny, null, null, null, null, null);
    }
}
