package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which names the service may be asked. Immutable.
 *
 * @param allow the hosts
 * @param exempt the paths that probes may read under any name
 * @param mode the mode of the rule
 */
public record HostSettings(
        @Key(
                description =
                        "The only hosts that requests may name, without ports, such as `shop.example.com` or `*.example.com`.")
        @Nullable
        List<String> allow,

        @Key(
                description =
                        "The paths that may be read under any name, by `GET` and `HEAD`: those of probes, such as `/actuator/health/**`.")
        @Nullable
        List<String> exempt,

        @Key(
                description = "The mode of the rule about hosts.",
                defaultValue = "the mode at the top",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
