package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of responses, as written. Immutable.
 *
 * @param preset the kind of endpoint
 * @param whenSet what happens to a field that the application sets
 * @param contentSecurityPolicy what a page may load and do
 * @param contentSecurityPolicyReportOnly what browsers only report
 * @param frameAncestors who may show the response in a frame
 * @param referrerPolicy what other sites are told of where somebody came from
 * @param permissionsPolicy which abilities of the browser a page may use
 * @param crossOriginOpenerPolicy whether pages of other sites keep a hold on this one
 * @param crossOriginEmbedderPolicy what a page may embed
 * @param crossOriginResourcePolicy who may embed the response
 * @param cacheControl what caches are told of answers to a known caller
 * @param set further fields with their values
 * @param remove fields that are taken out
 * @param serverErrors what becomes of what the application says of its failures
 * @param mode the mode of this part
 */
public record HeaderSettings(
        @Key(
                description =
                        "The kind of endpoint, whose fields are set unless said otherwise: answers for programs, pages, files that others may have brought, parts of pages, or nothing.",
                defaultValue = "api",
                oneOf = {"api", "page", "download", "asset", "none"})
        @Nullable
        String preset,

        @Key(
                description = "What happens to a field that the application sets by itself.",
                defaultValue = "keep",
                oneOf = {"keep", "replace"})
        @Nullable
        String whenSet,

        @Key(
                description =
                        "`Content-Security-Policy`; `{nonce}` stands for the exchange's nonce, which the application finds in the request attribute `dev.portcullis.nonce`. `off` leaves it out.",
                defaultValue = "by the preset")
        @Nullable
        String contentSecurityPolicy,

        @Key(description = "`Content-Security-Policy-Report-Only`, written like the other.") @Nullable
        String contentSecurityPolicyReportOnly,

        @Key(
                description =
                        "Who may show the response in a frame: `none`, `self`, or origins; in the policy and in `X-Frame-Options`.",
                defaultValue = "by the preset")
        @Nullable
        List<String> frameAncestors,

        @Key(description = "`Referrer-Policy`; `off` leaves it out.", defaultValue = "by the preset") @Nullable
        String referrerPolicy,

        @Key(description = "`Permissions-Policy`; `off` leaves it out.", defaultValue = "by the preset") @Nullable
        String permissionsPolicy,

        @Key(description = "`Cross-Origin-Opener-Policy`; `off` leaves it out.", defaultValue = "by the preset")
        @Nullable
        String crossOriginOpenerPolicy,

        @Key(description = "`Cross-Origin-Embedder-Policy`; `off` leaves it out.", defaultValue = "off") @Nullable
        String crossOriginEmbedderPolicy,

        @Key(description = "`Cross-Origin-Resource-Policy`; `off` leaves it out.", defaultValue = "by the preset")
        @Nullable
        String crossOriginResourcePolicy,

        @Key(
                description =
                        "`Cache-Control` of answers to a known caller, where the application says nothing of that; `off` leaves it out.",
                defaultValue = "by the preset: no-store for api and download")
        @Nullable
        String cacheControl,

        @Key(description = "Further fields with their values; `off` leaves out one of the preset.") @Nullable
        Map<String, String> set,

        @Key(description = "Fields that are taken out, beside those that tell of the software, such as `Server`.")
        @Nullable
        List<String> remove,

        @Key(
                description =
                        "What becomes of what the application or its container says of failures (500 and above): it is sent, or `server-error` in its stead.",
                defaultValue = "keep",
                oneOf = {"keep", "withhold"})
        @Nullable
        String serverErrors,

        @Key(
                description = "The mode of this part; observed, it changes nothing.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
