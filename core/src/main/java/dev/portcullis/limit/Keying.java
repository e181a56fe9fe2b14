package dev.portcullis.limit;

import dev.portcullis.Address;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.limit.LimitKey.Kind;
import dev.portcullis.limit.LimitKey.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the meter key of a request. Immutable.
 *
 * @param rule the number of the rule
 * @param name the rule's name, which stands in for an unknown route
 * @param key what the rule counts by
 * @param salt what no client knows, so that none can choose keys that collide
 */
record Keying(int rule, String name, LimitKey key, Salt salt) {

    /** A digest that nobody ever feeds: copies of it cost less than new ones. */
    private static final MessageDigest FRESH = fresh();

    /** The longest header value that is a key, in characters. */
    static final int MAX_HEADER = 1024;

    MeterKey of(Request request) {
        var parts = key.parts();
        if (parts.size() == 1 && text(parts.get(0), request) == null) {
            var network = network(request.address());
            return new MeterKey(rule, salt.scrambled(network.high()), salt.scrambled(network.low()));
        }
        var digest = sha256();
        digest.update(salt.bytes());
        for (var i = 0; i < parts.size(); i++) {
            add(digest, parts.get(i), request);
        }
        var hash = ByteBuffer.wrap(digest.digest());
        return new MeterKey(rule, hash.getLong(), hash.getLong());
    }

    /** Tells whether the request has all that it is counted by, so that the address need not stand for it. */
    boolean isComplete(Request request) {
        var parts = key.parts();
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i).kind() != Kind.ADDRESS && text(parts.get(i), request) == null) {
                return false;
            }
        }
        return true;
    }

    /** The key of all requests of a caller; null when it takes more than the caller to tell. */
    @Nullable
    MeterKey of(Principal caller) {
        var digest = sha256();
        digest.update(salt.bytes());
        for (var part : key.parts()) {
            var text = text(part.kind(), caller);
            if (text == null) {
                return null;
            }
            add(digest, part.kind(), text.getBytes(StandardCharsets.UTF_8));
        }
        var hash = ByteBuffer.wrap(digest.digest());
        return new MeterKey(rule, hash.getLong(), hash.getLong());
    }

    private static @Nullable String text(Kind kind, @Nullable Principal caller) {
        if (kind == Kind.GLOBAL) {
            return "";
        }
        if (caller == null) {
            return null;
        }
        return switch (kind) {
            case CLIENT -> joined(caller.issuer(), caller.client());
            case TENANT -> joined(caller.issuer(), caller.tenant());
            default -> null;
        };
    }

    /** An IPv4 address, or an IPv6 address whose last 64 bits are zero, because whoever has one of those has them all. */
    private static Address network(Address address) {
        return address.isIpv4() ? address : new Address(address.high(), 0);
    }

    /** What the part is called in this request; null when the address stands for it. */
    private @Nullable String text(Part part, Request request) {
        return switch (part.kind()) {
            case CLIENT, TENANT, GLOBAL -> text(part.kind(), request.principal());
            case ROUTE -> {
                var route = request.route();
                yield route == null ? name : route.id();
            }
            case HEADER -> usable(request.header(part.header()));
            case ADDRESS -> null;
        };
    }

    private static @Nullable String joined(String issuer, @Nullable String text) {
        return text == null ? null : issuer.length() + ":" + issuer + text;
    }

    private static @Nullable String usable(@Nullable String value) {
        return value == null || value.isBlank() || value.length() > MAX_HEADER ? null : value;
    }

    /** Adds a part with its kind and its length, so that no two sequences of parts are the same bytes. */
    private void add(MessageDigest digest, Part part, Request request) {
        var text = text(part, request);
        var bytes = text == null ? bytes(network(request.address())) : text.getBytes(StandardCharsets.UTF_8);
        add(digest, text == null ? Kind.ADDRESS : part.kind(), bytes);
    }

    private static void add(MessageDigest digest, Kind kind, byte[] bytes) {
        digest.update(ByteBuffer.allocate(8)
                .putInt(kind.ordinal())
                .putInt(bytes.length)
                .array());
        digest.update(bytes);
    }

    private static byte[] bytes(Address address) {
        return ByteBuffer.allocate(16)
                .putLong(address.high())
                .putLong(address.low())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
