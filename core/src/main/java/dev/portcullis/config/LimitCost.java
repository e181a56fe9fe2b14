package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many permits a request uses. Immutable.
 *
 * @param permits how many, unless something else says so
 * @param cases conditions under which it is another number
 * @param header the request header by which a trusted proxy says it
 * @param responseHeader the response header by which the application says it
 * @param most the most that one request uses
 */
public record LimitCost(
        @Key(
                description = "How many permits a request uses, unless something below says otherwise; `0` for none.",
                defaultValue = "1")
        @Nullable
        String permits,

        @Key(
                description = "Conditions under which it is another number; the first that holds decides.",
                type = Key.Type.PART)
        @Nullable
        List<Case> cases,

        @Key(description = "The request header by which a trusted proxy says how many; from others it is not read.")
        @Nullable
        String header,

        @Key(
                description =
                        "The response header by which the application says how many it were in the end; what is missing is charged then, what is too much is given back.")
        @Nullable
        String responseHeader,

        @Key(
                description = "The most permits that one request uses, whoever says so.",
                defaultValue = "the largest number written here, 1000 where a header says it",
                type = Key.Type.COUNT)
        @Nullable
        String most) {

    /**
     * A condition with a number. Immutable.
     *
     * @param when the condition
     * @param permits how many permits a request uses of which it holds
     */
    public record Case(
            @Key(description = "The condition, such as `request.method == 'POST'`; see docs/authorization.md.")
            @Nullable
            String when,

            @Key(description = "How many permits a request uses of which the condition holds, or cannot be told.")
            @Nullable
            String permits) {}
}
