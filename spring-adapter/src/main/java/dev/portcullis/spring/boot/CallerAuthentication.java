package dev.portcullis.spring.boot;

import dev.portcullis.Principal;
import java.io.Serial;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The caller as Spring Security knows him: {@code SCOPE_} and {@code ROLE_} before the exact words that the gate knows, and never a
 * credential. It belongs to one request; no session keeps it.
 */
@Transient
final class CallerAuthentication extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Principal caller;

    CallerAuthentication(Principal caller) {
        super(authorities(caller));
        this.caller = caller;
        super.setAuthenticated(true);
    }

    private static Collection<GrantedAuthority> authorities(Principal caller) {
        return Stream.concat(
                        caller.scopes().stream().map("SCOPE_"::concat),
                        caller.roles().stream().map("ROLE_"::concat))
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
    }

    @Override
    public Principal getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller.id();
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication authentication
                && super.equals(other)
                && Objects.equals(caller, authentication.caller);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), caller);
    }
}
