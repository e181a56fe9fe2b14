package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller must be allowed: all that is written holds together. Immutable.
 *
 * @param scopes all of which are demanded
 * @param anyScope one of which is demanded
 * @param roles one of which is demanded
 * @param denyRoles none of which the caller may have
 * @param kinds what sort of caller may call
 * @param tenant where the request says which tenant it is about
 * @param when the condition that must hold
 * @param authorizer the name of the application's own decision
 * @param stepUp how the caller must have logged in
 * @param callout who elsewhere is asked
 * @param mode the mode of this part
 */
public record Authorize(
        @Key(description = "The scopes that the caller must have, all of them.") @Nullable
        List<String> scopes,

        @Key(description = "The scopes of which the caller must have at least one.") @Nullable
        List<String> anyScope,

        @Key(
                description =
                        "The roles of which the caller must have at least one, itself or by one that implies it (see the top-level `roles`).")
        @Nullable
        List<String> roles,

        @Key(
                description =
                        "The roles that the caller may not have, itself or by one that implies it; this wins over everything else.")
        @Nullable
        List<String> denyRoles,

        @Key(
                description = "The sorts of callers who may call: people, programs by themselves, holders of API keys.",
                defaultValue = "all",
                oneOf = {"user", "service", "client"})
        @Nullable
        List<String> kinds,

        @Key(
                description =
                        "That the caller must have a tenant (`required`), and the one that the request names: `path:NAME`, `header:NAME`, `parameter:NAME` or `host:{tenant}.DOMAIN`.")
        @Nullable
        String tenant,

        @Key(
                description =
                        "The condition that must hold, such as `path.userId == principal.id || hasRole('support')`; see docs/authorization.md.")
        @Nullable
        String when,

        @Key(
                description =
                        "The name of an `Authorizer`, which decides for the application: a bean, or one that the gate was built with.")
        @Nullable
        String authorizer,

        @Key(
                description =
                        "How the caller must have logged in, and how long ago; else the client is told what to ask the issuer for.",
                type = Key.Type.PART)
        @Nullable
        StepUpSettings stepUp,

        @Key(
                description = "A server, such as Open Policy Agent, that is asked whether the request may be.",
                type = Key.Type.PART)
        @Nullable
        CalloutSettings callout,

        @Key(
                description = "The mode of the authorization rules.",
                defaultValue = "the mode of the policy",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode) {

    /** Starts with nothing demanded. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects demands. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private @Nullable List<String> scopes;
        private @Nullable List<String> roles;
        private @Nullable String when;
        private @Nullable String authorizer;
        private @Nullable StepUpSettings stepUp;

        private Builder() {}

        /** Demands all of these scopes. */
        public Builder scopes(List<String> all) {
            scopes = List.copyOf(all);
            return this;
        }

        /** Demands one of these roles. */
        public Builder roles(List<String> some) {
            roles = List.copyOf(some);
            return this;
        }

        /** Demands that a condition holds. */
        public Builder when(String text) {
            when = text;
            return this;
        }

        /** Demands that the application's own decision is favourable. */
        public Builder authorizer(String name) {
            authorizer = name;
            return this;
        }

        /** Demands that the caller has logged in so. */
        public Builder stepUp(StepUpSettings part) {
            stepUp = part;
            return this;
        }

        /** What was collected. */
        public Authorize build() {
            return new Authorize(scopes, null, roles, null, null, null, when, authorizer, stepUp, null, null);
        }
    }
}
