package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which agents may call, by their names, as written. Immutable.
 *
 * @param deny parts of the names of those who may not
 * @param allow parts of the names of those who may all the same
 * @param denyNameless whether an agent must have a name
 * @param mode the mode of this part
 */
public record AgentNames(
        @Key(
                description =
                        "Parts of the names (`User-Agent`) of agents that are denied, whatever their case; `scanners` stands for the tools that look for holes.",
                defaultValue = "scanners")
        @Nullable
        List<String> deny,

        @Key(description = "Parts of the names of agents that are never denied for their names.") @Nullable
        List<String> allow,

        @Key(description = "Whether agents without a name are denied.", defaultValue = "false", type = Key.Type.SWITCH)
        @Nullable
        String denyNameless,

        @Key(
                description = "The mode of the agent rule.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
