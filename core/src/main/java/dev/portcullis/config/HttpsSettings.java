package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That requests must come over https. Immutable.
 *
 * @param plain what happens to a request that came over plain http
 * @param port the port of https
 * @param exempt the paths that probes may read over http
 * @param hsts what browsers are told to remember
 * @param mode the mode of the rule
 */
public record HttpsSettings(
        @Key(
                description =
                        "What happens to a request over plain http: a denial, or for `GET` and `HEAD` a redirect to https.",
                defaultValue = "deny",
                oneOf = {"deny", "redirect"})
        @Nullable
        String plain,

        @Key(
                description = "The port of https to which `plain: redirect` sends clients.",
                defaultValue = "443",
                type = Key.Type.COUNT)
        @Nullable
        String port,

        @Key(
                description =
                        "The paths that may be read over plain http, by `GET` and `HEAD`: those of probes, such as `/actuator/health/**`.")
        @Nullable
        List<String> exempt,

        @Key(
                description = "What browsers are told to remember, in `Strict-Transport-Security`; over https alone.",
                type = Key.Type.PART)
        @Nullable
        Remembered hsts,

        @Key(
                description = "The mode of the rule about https.",
                defaultValue = "the mode at the top",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {

    /**
     * What browsers are told to remember. Immutable.
     *
     * @param maxAge for how long
     * @param includeSubdomains whether for the hosts below too
     * @param preload whether the host may go on the browsers' own lists
     */
    public record Remembered(
            @Key(
                    description = "For how long browsers ask over https alone; `0s` makes them forget.",
                    defaultValue = "365d",
                    type = Key.Type.DURATION)
            @Nullable
            String maxAge,

            @Key(
                    description = "Whether that holds for all hosts below this one too.",
                    defaultValue = "false",
                    type = Key.Type.SWITCH)
            @Nullable
            String includeSubdomains,

            @Key(
                    description =
                            "Whether the host may go on the lists that browsers bring along; it demands a year and all hosts below.",
                    defaultValue = "false",
                    type = Key.Type.SWITCH)
            @Nullable
            String preload) {}
}
