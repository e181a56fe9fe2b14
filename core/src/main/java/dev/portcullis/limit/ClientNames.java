package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which clients of issuers are clients that are known by another name, so that all of their credentials count together. Immutable. */
public final class ClientNames {

    /** None is known by another name. */
    public static final ClientNames NONE = new ClientNames("", Map.of());

    private final String whose;
    private final Map<String, Map<String, String>> names;

    private ClientNames(String whose, Map<String, Map<String, String>> names) {
        this.whose = whose;
        this.names = names;
    }

    /**
     * Gives clients other names.
     *
     * @param whose what stands for the issuer of those names
     * @param names the names, by the issuer and the client as tokens say them
     */
    public static ClientNames of(String whose, Map<String, Map<String, String>> names) {
        requireNonNull(whose, "whose");
        var copy = new HashMap<String, Map<String, String>>();
        names.forEach((issuer, clients) -> copy.put(issuer, Map.copyOf(clients)));
        return new ClientNames(whose, Map.copyOf(copy));
    }

    /** Whose name the caller's client is counted by. */
    public String issuerOf(Principal caller) {
        return named(caller) == null ? caller.issuer() : whose;
    }

    /** The name that the caller's client is counted by. */
    public String clientOf(Principal caller) {
        var name = named(caller);
        return name == null ? caller.client() : name;
    }

    private @Nullable String named(Principal caller) {
        var clients = names.get(caller.issuer());
        return clients == null ? null : clients.get(caller.client());
    }
}
