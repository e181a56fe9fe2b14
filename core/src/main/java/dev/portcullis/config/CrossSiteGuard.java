package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pages of other sites may make a browser send. Immutable.
 *
 * @param origins the origins that may call
 * @param sameSite whether other origins of the same site may
 * @param navigations whether links of other sites may be followed
 * @param frames whether pages of other sites may show this in frames
 * @param unknown what happens to whoever does not say where he comes from
 * @param exempt the paths of which nothing is asked
 * @param mode the mode of this part
 */
public record CrossSiteGuard(
        @Key(description = "The origins whose pages may call, beside those that `cors` names one by one.") @Nullable
        List<String> origins,

        @Key(
                description = "What happens to pages of another origin of the same site.",
                defaultValue = "allow",
                oneOf = {"allow", "deny"})
        @Nullable
        String sameSite,

        @Key(
                description = "What happens when a link of another site is followed by GET.",
                defaultValue = "allow",
                oneOf = {"allow", "deny"})
        @Nullable
        String navigations,

        @Key(
                description = "What happens when a page of another site shows this in a frame.",
                defaultValue = "deny",
                oneOf = {"allow", "deny"})
        @Nullable
        String frames,

        @Key(
                description =
                        "What happens to requests that change something and say nothing of where they come from, as programs send them; `without-cookies` lets them pass unless they bring cookies and a form could have sent them.",
                defaultValue = "without-cookies",
                oneOf = {"without-cookies", "allow", "deny"})
        @Nullable
        String unknown,

        @Key(description = "The paths of which nothing is asked, such as `/embed/**`.") @Nullable
        List<String> exempt,

        @Key(
                description = "The mode of the guard.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {}
