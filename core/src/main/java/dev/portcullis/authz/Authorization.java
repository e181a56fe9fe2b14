package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Principal;
import dev.portcullis.Principal.Kind;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Denies callers who are not what is demanded: by scopes, roles, kind and tenant. Immutable.
 *
 * <p>A denied role denies, whatever else the caller has; so does a role that implies it. Everything is compared whole and by case.
 *
 * <p>Codes: 401 {@code authentication-required} when nobody knows who calls; 403 {@code insufficient-scope}, {@code
 * insufficient-role}, {@code not-permitted} for a caller of another kind, {@code no-tenant} and {@code tenant-mismatch}.
 */
@TrustedBase
public final class Authorization implements Check {

    static final Reply NOT_PERMITTED = Reply.problem(403, "not-permitted");

    private static final Reply OTHER_ROLE = Reply.problem(403, "insufficient-role");
    private static final Set<String> TOKENS = Set.of("jwt", "introspection");

    static final Verdict.Deny NOBODY = Verdict.deny(
            Reply.problem(401, "authentication-required").with("WWW-Authenticate", "Bearer realm=\"api\""),
            Verdict.Evidence.of("no-principal"));

    private final Set<String> scopes;
    private final Set<String> anyScope;
    private final Set<String> roles;
    private final Set<String> deniedRoles;
    private final Set<Kind> kinds;
    private final @Nullable Tenancy tenancy;
    private final Verdict.Deny missingScope;
    private final Verdict.Deny missingScopeOfBearer;
    private final Verdict.Deny missingScopeOfHolder;
    private final Verdict.Deny missingRole;
    private final Verdict.Deny deniedRole;
    private final Verdict.Deny otherKind;

    private Authorization(Builder builder) {
        this.scopes = Set.copyOf(builder.scopes);
        this.anyScope = Set.copyOf(builder.anyScope);
        this.roles = builder.holders(builder.roles);
        this.deniedRoles = builder.holders(builder.deniedRoles);
        this.kinds = Set.copyOf(builder.kinds);
        this.tenancy = builder.tenancy;
        var wanted = String.join(" ", new TreeSet<>(scopes.isEmpty() ? anyScope : scopes));
        var reply = Reply.problem(403, "insufficient-scope");
        var evidence = Verdict.Evidence.of("missing-scope", wanted);
        this.missingScope = Verdict.deny(reply, evidence);
        this.missingScopeOfBearer = Verdict.deny(reply.with("WWW-Authenticate", challenge("Bearer", wanted)), evidence);
        this.missingScopeOfHolder = Verdict.deny(reply.with("WWW-Authenticate", challenge("DPoP", wanted)), evidence);
        this.missingRole = denial(OTHER_ROLE, "missing-role", builder.roles);
        this.deniedRole = denial(OTHER_ROLE, "denied-role", builder.deniedRoles);
        var expected = kinds.stream().map(Authorization::nameOf).toList();
        this.otherKind = denial(NOT_PERMITTED, "other-kind", expected);
    }

    /** Starts with no demands. */
    public static Builder builder() {
        return new Builder();
    }

    /** RFC 6750, section 3; RFC 9449, section 7.1. */
    private static String challenge(String scheme, String scopes) {
        return scheme + " realm=\"api\", error=\"insufficient_scope\", scope=\"" + scopes + "\"";
    }

    private static Verdict.Deny denial(Reply reply, String reason, Collection<String> named) {
        return Verdict.deny(reply, Verdict.Evidence.of(reason, String.join(" ", new TreeSet<>(named))));
    }

    static String nameOf(Kind kind) {
        return switch (kind) {
            case USER -> "user";
            case SERVICE -> "service";
            case CLIENT -> "client";
        };
    }

    @Override
    public Verdict check(Request request) {
        var caller = request.principal();
        if (caller == null) {
            return NOBODY;
        }
        if (hasAny(caller.roles(), deniedRoles)) {
            return deniedRole;
        }
        var objection = tenancy == null ? null : tenancy.objection(request, caller.tenant());
        return objection != null ? objection : judge(caller);
    }

    private Verdict judge(Principal caller) {
        if (!kinds.isEmpty() && !kinds.contains(caller.kind())) {
            return otherKind;
        }
        var held = caller.scopes();
        if (!held.containsAll(scopes) || !anyScope.isEmpty() && !hasAny(held, anyScope)) {
            return missingScope(caller);
        }
        return roles.isEmpty() || hasAny(caller.roles(), roles) ? Verdict.pass() : missingRole;
    }

    private Verdict.Deny missingScope(Principal caller) {
        if (isHolder(caller)) {
            return missingScopeOfHolder;
        }
        return TOKENS.contains(caller.proof()) ? missingScopeOfBearer : missingScope;
    }

    /** Tells whether the caller's token is bound to a key, of which he has brought a proof. */
    static boolean isHolder(Principal caller) {
        return TOKENS.contains(caller.proof())
                && caller.claims().get("cnf") instanceof Map<?, ?> bound
                && bound.containsKey("jkt");
    }

    private static boolean hasAny(Set<String> held, Set<String> wanted) {
        for (var one : wanted) {
            if (held.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /** Collects demands; all of them hold together. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final Set<String> scopes = new HashSet<>();
        private final Set<String> anyScope = new HashSet<>();
        private final Set<String> roles = new HashSet<>();
        private final Set<String> deniedRoles = new HashSet<>();
        private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        private Roles hierarchy = Roles.FLAT;
        private @Nullable Tenancy tenancy;

        private Builder() {}

        /** Sets which roles make up for which others; none unless told otherwise. */
        public Builder hierarchy(Roles roles) {
            hierarchy = requireNonNull(roles, "roles");
            return this;
        }

        /** Demands a caller of one of these kinds. */
        public Builder kinds(Collection<Kind> some) {
            kinds.addAll(some);
            return this;
        }

        /**
         * Demands a tenant: {@code required}, or the one that {@code path:NAME}, {@code header:NAME}, {@code parameter:NAME} or
         * {@code host:{tenant}.DOMAIN} names.
         *
         * @throws IllegalArgumentException when the text is none of these
         */
        public Builder tenant(String text, PathVariables variables) {
            tenancy = Tenancy.parse(requireNonNull(text, "text"), requireNonNull(variables, "variables"));
            return this;
        }

        private Set<String> holders(Set<String> named) {
            return named.stream()
                    .flatMap(role -> hierarchy.holders(role).stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** The path variables that are needed. */
        public Set<String> variables() {
            var name = tenancy == null ? null : tenancy.variable();
            return name == null ? Set.of() : Set.of(name);
        }

        /** Demands every one of these scopes. */
        public Builder scopes(List<String> all) {
            all.forEach(scope -> scopes.add(requireScope(scope)));
            return this;
        }

        /** Demands at least one of these scopes. */
        public Builder anyScope(List<String> some) {
            some.forEach(scope -> anyScope.add(requireScope(scope)));
            return this;
        }

        /** Demands at least one of these roles. */
        public Builder roles(List<String> some) {
            some.forEach(role -> roles.add(requireRole(role)));
            return this;
        }

        /** Denies whoever has one of these roles. */
        public Builder deniedRoles(List<String> denied) {
            denied.forEach(role -> deniedRoles.add(requireRole(role)));
            return this;
        }

        /**
         * Builds the check.
         *
         * @throws IllegalArgumentException when nothing is demanded, or a role both demanded and denied
         */
        public Authorization build() {
            if (scopes.isEmpty() && anyScope.isEmpty() && roles.isEmpty() && deniedRoles.isEmpty() && anybody()) {
                throw new IllegalArgumentException("authorize: nothing (expected: at least one demand)");
            }
            if (hasAny(roles, holders(deniedRoles))) {
                throw new IllegalArgumentException(
                        "authorize: a role both demanded and denied, itself or by what it implies (expected: one of the two)");
            }
            return new Authorization(this);
        }

        private boolean anybody() {
            return kinds.isEmpty() && tenancy == null;
        }

        /** A scope-token of RFC 6749, section 3.3. */
        private static String requireScope(String scope) {
            var valid = !scope.isEmpty() && scope.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
            if (!valid) {
                throw new IllegalArgumentException(
                        "scopes: `" + scope + "` (expected: one scope, without spaces and quotes)");
            }
            return scope;
        }

        private static String requireRole(String role) {
            if (role.isBlank()) {
                throw new IllegalArgumentException("roles: blank (expected: a role)");
            }
            return role;
        }
    }
}
