package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document that requests must obey. Immutable.
 *
 * @param document where it is
 * @param basePath under which path its paths are
 * @param unknownParameters what happens to parameters of the query that it does not describe
 * @param unknownOperations what happens to paths that it does not describe
 * @param multipart whether multipart forms are taken apart and held against it
 * @param mode the mode of this part
 * @param responses what becomes of responses that are not as it says
 */
public record Contract(
        @Key(
                description =
                        "The OpenAPI document, 3.0 or 3.1, in JSON or YAML: `classpath:`, `file:`, or the JSON itself.")
        @Nullable
        String document,

        @Key(
                description = "Under which path the document's paths are, such as `/v1`.",
                defaultValue = "the path of its first server")
        @Nullable
        String basePath,

        @Key(
                description = "What happens to parameters of the query that it does not describe.",
                defaultValue = "deny",
                oneOf = {"deny", "ignore"})
        @Nullable
        String unknownParameters,

        @Key(
                description = "What happens to paths that it does not describe.",
                defaultValue = "deny",
                oneOf = {"deny", "ignore"})
        @Nullable
        String unknownOperations,

        @Key(
                description =
                        "Whether the parts of multipart forms are held against the document, or nothing but the media type of the body; `ignore` is for applications that take such bodies apart themselves.",
                defaultValue = "verify",
                oneOf = {"verify", "ignore"})
        @Nullable
        String multipart,

        @Key(
                description = "The mode of this part.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(
                description =
                        "What becomes of responses that are not as the document says: the operator is told, or 502 `response-denied` is sent.",
                defaultValue = "ignore",
                oneOf = {"ignore", "observe", "enforce"})
        @Nullable
        String responses) {}
