package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be in flight at a time. Immutable.
 *
 * @param permits how many
 * @param by what is counted separately
 * @param shareBy what permits are shared among fairly
 * @param exempt the paths that are not counted
 * @param priorities which requests stand back, by name
 * @param adaptive how the limit follows latency
 * @param mode the mode of this limit
 */
public record ConcurrencyLimit(
        @Key(
                description =
                        "How many requests may be in flight at a time; the ceiling where the limit is `adaptive`.",
                type = Key.Type.COUNT)
        @Nullable
        String permits,

        @Key(
                description =
                        "What is counted separately: `global`, `route`, `client`, `tenant`, `address`, `header:NAME`, or several joined by `+`.",
                defaultValue = "global")
        @Nullable
        String by,

        @Key(
                description =
                        "Among whom the permits are shared fairly: `tenant`, `client` or `address`; for limits by `global` or `route`.",
                defaultValue = "nobody: whoever comes first")
        @Nullable
        String shareBy,

        @Key(
                description =
                        "The paths that take no permit and are never denied by this limit, such as those of health probes.")
        @Nullable
        List<String> exempt,

        @Key(
                description = "Requests that stand back when it gets crowded, by a name of your choice.",
                type = Key.Type.PART)
        @Nullable
        Map<String, Priority> priorities,

        @Key(description = "Lets the limit follow latency, between `floor` and `permits`.", type = Key.Type.PART)
        @Nullable
        Adaptive adaptive,

        @Key(
                description = "The mode of this limit.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {

    /**
     * Requests that stand back. Immutable.
     *
     * @param share up to which share of all permits they are let through
     * @param paths the paths of the requests
     * @param tiers the plans of the callers
     * @param kinds the kinds of the callers
     */
    public record Priority(
            @Key(
                    description =
                            "They are let through while less than this share of all permits is taken, by whomever, such as `50%`.")
            @Nullable
            String share,

            @Key(description = "The paths of the requests.", defaultValue = "all") @Nullable
            List<String> paths,

            @Key(description = "The plans (tiers) of the callers.", defaultValue = "all") @Nullable
            List<String> tiers,

            @Key(description = "The kinds of the callers: `user`, `service`, `client`.", defaultValue = "all") @Nullable
            List<String> kinds) {}

    /**
     * How a limit follows latency. Immutable.
     *
     * @param floor how many requests always may be in flight
     * @param tolerance how much slower than in quiet times is normal
     * @param window how long latencies are gathered
     * @param streams the paths whose latency says nothing
     */
    public record Adaptive(
            @Key(
                    description = "How many requests always may be in flight; the limit begins there.",
                    type = Key.Type.COUNT)
            @Nullable
            String floor,

            @Key(
                    description = "How many times the latency of quiet times is taken for normal, from 1.1 to 100.",
                    defaultValue = "2")
            @Nullable
            String tolerance,

            @Key(
                    description = "How long latencies are gathered before the limit is judged, from 100ms to 1m.",
                    defaultValue = "1s",
                    type = Key.Type.DURATION)
            @Nullable
            String window,

            @Key(
                    description =
                            "The paths of long polls, downloads and streams, whose latency says nothing; responses of `text/event-stream` are known.")
            @Nullable
            List<String> streams) {}
}
