package dev.portcullis.limit;

import dev.portcullis.Address;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.limit.LimitKey.Kind;
import dev.portcullis.limit.LimitKey.Part;
import org.jspecify.annotations.Nullable;

/**
 * Finds the meter key of a request. Immutable.
 *
 * @param rule the number of the rule
 * @param name the rule's name, which stands in for an unknown route
 * @param key what the rule counts by
 * @param salt what keeps clients from choosing keys that collide
 */
record Keying(int rule, String name, LimitKey key, Salt salt) {

    /** The longest header value that is a key, in characters. */
    static final int MAX_HEADER = 1024;

    /** The same, where clients are known by these names. */
    Keying naming(ClientNames names) {
        return new Keying(rule, name, key.naming(names), salt);
    }

    MeterKey of(Request request) {
        var parts = key.parts();
        if (parts.size() == 1 && !has(parts.get(0), request)) {
            var network = network(request.address());
            return new MeterKey(rule, salt.scrambled(network.high()), salt.scrambled(network.low()));
        }
        return salt.secret() ? hashed(new Sip(salt.high(), salt.low()), request) : hashed(new Digested(salt), request);
    }

    private MeterKey hashed(KeyHash hash, Request request) {
        var parts = key.parts();
        for (var i = 0; i < parts.size(); i++) {
            add(hash, parts.get(i), request);
        }
        return hash.key(rule);
    }

    /** Tells whether the request has all that it is counted by, so that the address need not stand for it. */
    boolean isComplete(Request request) {
        var parts = key.parts();
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i).kind() != Kind.ADDRESS && !has(parts.get(i), request)) {
                return false;
            }
        }
        return true;
    }

    /** Whether requests of different clients have different keys. */
    boolean tellsClients() {
        return key.tellsClients();
    }

    /** The key of all requests of a caller; null when it takes more than the caller to tell. */
    @Nullable
    MeterKey of(Principal caller) {
        var hash = salt.secret() ? new Sip(salt.high(), salt.low()) : new Digested(salt);
        for (var part : key.parts()) {
            if (part.kind() != Kind.GLOBAL && text(part.kind(), caller) == null) {
                return null;
            }
            add(hash, part.kind(), caller);
        }
        return hash.key(rule);
    }

    /** An IPv4 address, or an IPv6 address whose last 64 bits are zero, because whoever has one of those has them all. */
    private static Address network(Address address) {
        return address.isIpv4() ? address : new Address(address.high(), 0);
    }

    /** Whether the request has the part; if not, the address stands for it. */
    private static boolean has(Part part, Request request) {
        return switch (part.kind()) {
            case CLIENT, TENANT -> text(part.kind(), request.principal()) != null;
            case HEADER -> usable(request.header(part.header())) != null;
            case ROUTE, GLOBAL -> true;
            case ADDRESS -> false;
        };
    }

    private static @Nullable String text(Kind kind, @Nullable Principal caller) {
        if (caller == null) {
            return null;
        }
        return switch (kind) {
            case CLIENT -> caller.client();
            case TENANT -> caller.tenant();
            default -> null;
        };
    }

    private static @Nullable String usable(@Nullable String value) {
        return value == null || value.isBlank() || value.length() > MAX_HEADER ? null : value;
    }

    /** Adds a part with its kind, so that no two sequences of parts are the same words. */
    private void add(KeyHash hash, Part part, Request request) {
        switch (part.kind()) {
            case CLIENT, TENANT -> {
                var caller = request.principal();
                if (caller == null || text(part.kind(), caller) == null) {
                    add(hash, request.address());
                } else {
                    add(hash, part.kind(), caller);
                }
            }
            case HEADER -> {
                var value = usable(request.header(part.header()));
                if (value == null) {
                    add(hash, request.address());
                } else {
                    hash.add(Kind.HEADER.ordinal(), value);
                }
            }
            case ROUTE -> {
                var route = request.route();
                hash.add(Kind.ROUTE.ordinal(), route == null ? name : route.id());
            }
            case ADDRESS -> add(hash, request.address());
            case GLOBAL -> hash.add(Kind.GLOBAL.ordinal());
        }
    }

    private void add(KeyHash hash, Kind kind, Principal caller) {
        var text = text(kind, caller);
        if (text == null) {
            hash.add(kind.ordinal());
        } else if (kind == Kind.CLIENT) {
            hash.add(kind.ordinal(), key.names().issuerOf(caller), key.names().clientOf(caller));
        } else {
            hash.add(kind.ordinal(), caller.issuer(), text);
        }
    }

    private static void add(KeyHash hash, Address address) {
        var network = network(address);
        hash.add(Kind.ADDRESS.ordinal());
        hash.add(network.high());
        hash.add(network.low());
    }
}
