package dev.portcullis.spring.boot;

import dev.portcullis.auth.Sessions;
import dev.portcullis.servlet.CallerPrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Makes the caller known inside Spring Security's chain, for as long as the rest of the chain runs, in every turn of a request.
 * Whom a session remembers, Spring Security finds there by itself. Stateless.
 */
final class CallerFilter implements Filter {

    /** The proofs that a browser sends along with nobody's request but its own page's. */
    private static final Set<String> SENT_ON_PURPOSE = Set.of("jwt", "introspection", "api-key", "signature");

    /** Tells whether the caller was proven by what no other site can make a browser send. */
    static boolean isSentOnPurpose(HttpServletRequest request) {
        var caller = CallerPrincipal.of(request);
        return caller != null && SENT_ON_PURPOSE.contains(caller.caller().proof());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var caller = CallerPrincipal.of(request);
        if (caller == null || caller.caller().proof().equals(Sessions.PROOF)) {
            chain.doFilter(request, response);
            return;
        }
        var strategy = SecurityContextHolder.getContextHolderStrategy();
        var before = strategy.getDeferredContext();
        var context = strategy.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller.caller()));
        strategy.setContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            strategy.setDeferredContext(before);
        }
    }
}
