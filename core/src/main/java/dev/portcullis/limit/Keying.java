package dev.portcullis.limit;

import dev.portcullis.Address;
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
 * <p>An address stands for itself. All else is hashed, with a salt that no client knows.
 *
 * @param rule the number of the rule
 * @param name the rule's name, which stands in for an unknown route
 * @param key what the rule counts by
 * @param salt what is hashed first
 */
@SuppressWarnings("ArrayRecordComponent") // the salt is handed through, never compared
record Keying(int rule, String name, LimitKey key, byte[] salt) {

    /** The longest header value that is a key, in characters. */
    static final int MAX_HEADER = 1024;

    MeterKey of(Request request) {
        var parts = key.parts();
        if (parts.size() == 1 && text(parts.get(0), request) == null) {
            return byAddress(request.address());
        }
        var digest = sha256();
        digest.update(salt);
        for (var i = 0; i < parts.size(); i++) {
            add(digest, parts.get(i), request);
        }
        var hash = ByteBuffer.wrap(digest.digest());
        return new MeterKey(rule, hash.getLong(), hash.getLong());
    }

    private MeterKey byAddress(Address address) {
        return new MeterKey(rule, address.high(), address.isIpv4() ? address.low() : 0);
    }

    /** What the part is called in this request; null when the address stands for it. */
    private @Nullable String text(Part part, Request request) {
        var principal = request.principal();
        return switch (part.kind()) {
            case CLIENT -> principal == null ? null : joined(principal.issuer(), principal.client());
            case TENANT -> principal == null ? null : joined(principal.issuer(), principal.tenant());
            case ROUTE -> {
                var route = request.route();
                yield route == null ? name : route.id();
            }
            case HEADER -> usable(request.header(part.header()));
            case GLOBAL -> "";
            case ADDRESS -> null;
        };
    }

    private static @Nullable String joined(String issuer, @Nullable String text) {
        return text == null ? null : issuer.length() + ":" + issuer + text;
    }

    private static @Nullable String usable(@Nullable String value) {
        return value == null || value.isBlank() || value.length() > MAX_HEADER ? null : value;
    }

    private void add(MessageDigest digest, Part part, Request request) {
        var text = text(part, request);
        if (text == null) {
            var address = byAddress(request.address());
            var bytes = ByteBuffer.allocate(17).put((byte) Kind.ADDRESS.ordinal());
            digest.update(bytes.putLong(address.high()).putLong(address.low()).flip());
            return;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(5)
                .put((byte) part.kind().ordinal())
                .putInt(bytes.length)
                .flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
