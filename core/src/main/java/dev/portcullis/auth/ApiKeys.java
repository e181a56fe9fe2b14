package dev.portcullis.auth;

import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that clients send in a header, known by their SHA-256 only. Immutable.
 *
 * <p>A key of which everybody can try all values needs more than a hash: hand out random keys of at least 128 bits.
 */
@TrustedBase
public final class ApiKeys extends Scheme {

    /** The header that keys come in unless told otherwise. */
    public static final String DEFAULT_HEADER = "X-API-Key";

    /** The longest key, in characters. */
    public static final int MAX_KEY = 256;

    /** Headers that carry other credentials. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    private static final String CHALLENGE = "ApiKey " + REALM;
    private static final Reply INVALID = Reply.problem(401, "invalid-api-key").with("WWW-Authenticate", CHALLENGE);
    private static final Verdict.Deny MALFORMED = Verdict.deny(INVALID, Verdict.Evidence.of("malformed-api-key"));
    private static final Verdict.Deny TOO_LONG = Verdict.deny(INVALID, Verdict.Evidence.of("api-key-too-long"));
    private static final Verdict.Deny UNKNOWN = Verdict.deny(INVALID, Verdict.Evidence.of("unknown-api-key"));

    private final String header;
    private final Map<Fingerprint, Holder> holders;

    /** A hash with the client that holds its key. */
    private record Holder(Fingerprint hash, Client client, Verdict.Pass pass) {}

    private ApiKeys(String header, Map<Fingerprint, Holder> holders) {
        this.header = header;
        this.holders = Map.copyOf(holders);
    }

    /**
     * The keys of these clients, in {@link #DEFAULT_HEADER}.
     *
     * @throws IllegalArgumentException when there is no client, a client twice, or a key twice
     */
    public static ApiKeys of(List<Client> clients) {
        return of(DEFAULT_HEADER, clients);
    }

    /**
     * The keys of these clients, in this header.
     *
     * @throws IllegalArgumentException when the header cannot be used, or when there is no client, a client twice, or a key twice
     */
    public static ApiKeys of(String header, List<Client> clients) {
        if (header.isBlank() || CREDENTIALS.contains(header.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "header: `" + header + "` (expected: one of its own, not that of other credentials)");
        }
        if (clients.isEmpty()) {
            throw new IllegalArgumentException("clients: none (expected: at least one)");
        }
        if (clients.stream().map(Client::id).distinct().count() < clients.size()) {
            throw new IllegalArgumentException("clients: an id twice (expected: every id once)");
        }
        var holders = new HashMap<Fingerprint, Holder>();
        for (var client : clients) {
            for (var key : client.keys()) {
                enter(holders, KeyHash.parse(key), client);
            }
        }
        return new ApiKeys(header, holders);
    }

    private static void enter(Map<Fingerprint, Holder> holders, Fingerprint hash, Client client) {
        var other = holders.put(hash, new Holder(hash, client, Verdict.Pass.identifying(client.principal())));
        if (other != null) {
            throw new IllegalArgumentException("api-keys: clients `"
                    + other.client().id() + "` and `" + client.id() + "` hold the same key (expected: every key once)");
        }
    }

    @Override
    int presented(Request request) {
        return request.headers(header).size();
    }

    @Override
    String challenge() {
        return CHALLENGE;
    }

    @Override
    Verdict judge(Request request) {
        var key = request.headers(header).get(0);
        if (key.length() > MAX_KEY) {
            return TOO_LONG;
        }
        if (key.isEmpty() || !visible(key)) {
            return MALFORMED;
        }
        var hash = Fingerprint.of(key);
        var holder = holders.get(hash);
        return holder != null && holder.hash().matches(hash) ? holder.pass() : UNKNOWN;
    }

    private static boolean visible(String key) {
        for (var i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * A client that holds keys. Immutable.
     *
     * @param id its name, under which its limits count
     * @param keys its keys, each as {@code sha256:} and the hash in hexadecimal or base64url; two while one replaces the other
     * @param scopes what its keys may be used for
     * @param roles what it is
     * @param tenant its tenant; null when there is none
     * @param tier its plan; null when there is none
     */
    public record Client(
            String id,
            List<String> keys,
            Set<String> scopes,
            Set<String> roles,
            @Nullable String tenant,
            @Nullable String tier) {

        /** Copies the collections, and reads the keys. */
        public Client {
            if (id.isBlank()) {
                throw new IllegalArgumentException("client: blank (expected: an id)");
            }
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("api-keys: none for client `" + id + "` (expected: at least one)");
            }
            keys.forEach(KeyHash::parse);
            keys = List.copyOf(keys);
            scopes = Set.copyOf(scopes);
            roles = Set.copyOf(roles);
        }

        private Principal principal() {
            return new Principal(
                    id, Principal.Kind.CLIENT, "clients", id, tenant, tier, scopes, roles, Map.of(), "api-key");
        }
    }
}
