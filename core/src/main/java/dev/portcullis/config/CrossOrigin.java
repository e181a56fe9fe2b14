package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call. Immutable.
 *
 * @param origins the pages' origins
 * @param methods the methods they may use
 * @param headers the headers they may send
 * @param expose the headers they may read
 * @param credentials whether they may send cookies and other credentials
 * @param maxAge how long a browser may remember the answer to a preflight
 * @param mode the mode of this part
 */
public record CrossOrigin(
        @Key(description = "The origins that may call, such as `https://app.example.com` or `https://*.example.com`.")
        @Nullable
        List<String> origins,

        @Key(description = "The methods that pages may use.", defaultValue = "GET, HEAD, POST") @Nullable
        List<String> methods,

        @Key(description = "The headers that pages may send beside the safe ones.") @Nullable
        List<String> headers,

        @Key(description = "The headers that pages may read beside the safe ones.") @Nullable
        List<String> expose,

        @Key(
                description = "Whether pages may send cookies and other credentials.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String credentials,

        @Key(description = "How long a browser may remember the answer to a preflight.", type = Key.Type.DURATION)
        @Nullable
        String maxAge,

        @Key(
                description = "The mode of the CORS rules.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
