package dev.portcullis.authz;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Denies callers without the scopes and roles that are demanded. Immutable.
 *
 * <p>A denied role denies, whatever else the caller has. Scopes and roles are compared whole and by case.
 *
 * <p>Codes: 401 {@code authentication-required} when nobody knows who calls; 403 {@code insufficient-scope} and
 * {@code insufficient-role}.
 */
@TrustedBase
public final class Authorization implements Check {

    private static final String BEARER = "jwt";

    private static final Verdict.Deny NOBODY = Verdict.deny(
            Reply.problem(401, "authentication-required").with("WWW-Authenticate", "Bearer realm=\"api\""),
            Verdict.Evidence.of("no-principal"));

    private final Set<String> scopes;
    private final Set<String> anyScope;
    private final Set<String> roles;
    private final Set<String> deniedRoles;
    private final Verdict.Deny missingScope;
    private final Verdict.Deny missingScopeOfBearer;
    private final Verdict.Deny missingRole;
    private final Verdict.Deny deniedRole;

    private Authorization(Builder builder) {
        this.scopes = Set.copyOf(builder.scopes);
        this.anyScope = Set.copyOf(builder.anyScope);
        this.roles = Set.copyOf(builder.roles);
        this.deniedRoles = Set.copyOf(builder.deniedRoles);
        var wanted = String.join(" ", new TreeSet<>(scopes.isEmpty() ? anyScope : scopes));
        var reply = Reply.problem(403, "insufficient-scope");
        var evidence = Verdict.Evidence.of("missing-scope", wanted);
        this.missingScope = Verdict.deny(reply, evidence);
        this.missingScopeOfBearer = Verdict.deny(reply.with("WWW-Authenticate", challenge(wanted)), evidence);
        this.missingRole = roleDenial("missing-role", roles);
        this.deniedRole = roleDenial("denied-role", deniedRoles);
    }

    /** Starts with no demands. */
    public static Builder builder() {
        return new Builder();
    }

    /** RFC 6750, section 3. */
    private static String challenge(String scopes) {
        return "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"" + scopes + "\"";
    }

    private static Verdict.Deny roleDenial(String reason, Set<String> named) {
        return Verdict.deny(
                Reply.problem(403, "insufficient-role"),
                Verdict.Evidence.of(reason, String.join(" ", new TreeSet<>(named))));
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
        var held = caller.scopes();
        if (!held.containsAll(scopes) || !anyScope.isEmpty() && !hasAny(held, anyScope)) {
            return caller.proof().equals(BEARER) ? missingScopeOfBearer : missingScope;
        }
        return roles.isEmpty() || hasAny(caller.roles(), roles) ? Verdict.pass() : missingRole;
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

        private Builder() {}

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
            if (scopes.isEmpty() && anyScope.isEmpty() && roles.isEmpty() && deniedRoles.isEmpty()) {
                throw new IllegalArgumentException("authorize: nothing (expected: at least one scope or role)");
            }
            if (hasAny(roles, deniedRoles)) {
                throw new IllegalArgumentException(
                        "authorize: a role both demanded and denied (expected: one of the two)");
            }
            return new Authorization(this);
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
