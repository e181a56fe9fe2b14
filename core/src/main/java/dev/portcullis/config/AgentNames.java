package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which agents may call, by their names, as written. Immutable.
 *
 * @param deny parts of the names of those who may not
 * @param allow parts of the names of those who may all the same
 * @param denyNameless whether an agent must have a name
 * @param crawlers who must prove to be the crawler that he says he is
 * @param unknownCrawlers what happens while nobody has looked up whether he is
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
                description =
                        "The crawlers that must prove by the names of their addresses who they are; `known` stands for all that are defined. One that does is not denied for its name.")
        @Nullable
        List<String> crawlers,

        @Key(
                description =
                        "What happens to an agent that says it is one of these crawlers while nobody has looked its address up.",
                defaultValue = "deny",
                oneOf = {"deny", "proceed"})
        @Nullable
        String unknownCrawlers,

        @Key(
                description = "The mode of the agent rule.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
