package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

import dev.portcullis.abuse.Logins;
import dev.portcullis.abuse.Logins.Attempt;
import jakarta.servlet.ServletRequest;
import java.util.function.Supplier;

/**
 * The logins that an application judges by itself, from the addresses that the gate sees. Thread-safe.
 *
 * <p>The application asks before it looks at a password, and reports what came of it by {@link Attempt#ended}.
 */
public final class LoginAttempts {

    private final Supplier<Logins> logins;

    /** Those that are counted there. */
    public LoginAttempts(Supplier<Logins> logins) {
        this.logins = requireNonNull(logins, "logins");
    }

    /**
     * Somebody wants to log in.
     *
     * @param request the request that wants it
     * @param account the name that was given, whether there is such an account or not; its case does not matter
     * @throws IllegalStateException when the request did not come through the gate
     */
    public Attempt attempt(ServletRequest request, String account) {
        var exchange = Exchange.of(request);
        if (exchange == null) {
            throw new IllegalStateException(
                    "the request did not come through the gate (expected: the filter before all)");
        }
        return logins.get().attempt(exchange.view().address(), account);
    }
}
