package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Whether requests must be what the handler's own types say. Immutable.
 *
 * @param mode whether that is off, observed or enforced
 * @param conversions what happens to values that the application would convert
 * @param unknownParameters what happens to parameters that the handler does not read
 * @param unknownProperties what happens to members of JSON that the handler's types do not have
 */
public record Derivation(
        @Key(
                description = "The mode of this part; `off` where the handlers below a path are not to be held to it.",
                defaultValue = "observe",
                oneOf = {"off", "observe", "enforce"})
        @Nullable
        String mode,

        @Key(
                description =
                        "What happens to values that the application would convert: `\"1\"` in JSON where a number is meant, a parameter that is sent twice and is no list.",
                defaultValue = "allow",
                oneOf = {"allow", "deny"})
        @Nullable
        String conversions,

        @Key(
                description = "What happens to parameters of the query and of forms that the handler does not read.",
                defaultValue = "ignore",
                oneOf = {"ignore", "deny"})
        @Nullable
        String unknownParameters,

        @Key(
                description =
                        "What happens to members of JSON that the handler's types do not have, where the application would ignore them.",
                defaultValue = "ignore",
                oneOf = {"ignore", "deny"})
        @Nullable
        String unknownProperties) {}
