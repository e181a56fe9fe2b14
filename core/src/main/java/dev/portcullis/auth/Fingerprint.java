package dev.portcullis.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a credential, by which it is known without being kept. Immutable. */
record Fingerprint(long a, long b, long c, long d) {

    static final int BYTES = 32;

    static Fingerprint of(String credential) {
        return ofBytes(credential.getBytes(StandardCharsets.UTF_8));
    }

    static Fingerprint ofBytes(byte[] bytes) {
        return Sha256.print(bytes);
    }

    static Fingerprint ofDigest(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        return new Fingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    /** Compares without telling by its duration where the difference is. */
    boolean matches(Fingerprint other) {
        return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
    }

    // Written out, for those of records are bootstrapped by the platform in ways that it does not compile into their
    // callers.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint known && matches(known);
    }

    /** All parts are hashes already. */
    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** The hash in hexadecimal. */
    String hex() {
        var hex = HexFormat.of();
        return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
    }
}
