package dev.portcullis.config;

import dev.portcullis.Principal;
import dev.portcullis.limit.Limit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of whom an operator wants to know what was used of limits. Immutable.
 *
 * @param issuer who vouches for the client; null: {@code clients}, as for API keys
 * @param client the client; null: nobody in particular
 * @param tenant its tenant; null: the client's, or none
 * @param tier its plan; null: the client's, or none
 */
record Inquiry(
        @Nullable String issuer,
        @Nullable String client,
        @Nullable String tenant,
        @Nullable String tier) {

    private static final String NOBODY = "-";

    /** The same with the tenant and the plan that the configuration gives the client, where nobody says others. */
    Inquiry completed(@Nullable Map<String, Client> clients) {
        var known = clients == null || client == null || !vouches().equals(Who.CLIENTS) ? null : clients.get(client);
        return known == null
                ? this
                : new Inquiry(
                        issuer, client, tenant == null ? known.tenant() : tenant, tier == null ? known.tier() : tier);
    }

    private String vouches() {
        return Objects.requireNonNullElse(issuer, Who.CLIENTS);
    }

    /** Whether a limit counts whom is asked for: where no client is named, none that tells clients apart. */
    boolean concerns(Limit limit) {
        return client != null || !limit.tellsClients();
    }

    /** Who is asked for, as authentication would find him. */
    Principal principal() {
        var name = Objects.requireNonNullElse(client, NOBODY);
        return new Principal(
                name, Principal.Kind.CLIENT, vouches(), name, tenant, tier, Set.of(), Set.of(), Map.of(), "operator");
    }
}
