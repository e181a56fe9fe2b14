package dev.portcullis.auth;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A SHA-256 with all it works in, so that hashing one credential after the other leaves nothing behind in memory: half a kilobyte for
 * each, written anew, would push the keys that are looked for out of the processor's cache. Belongs to one thread at a time.
 */
final class Sha256 {

    /** How many are kept for the next credential. */
    private static final int PLACES = 64;

    /** Places so far apart that threads do not write to one line of the processor's cache. */
    private static final int STRIDE = 16;

    private static final AtomicReferenceArray<Sha256> SPARE = new AtomicReferenceArray<>((PLACES + 1) * STRIDE);

    private final MessageDigest digest = fresh();
    private final byte[] hash = new byte[Fingerprint.BYTES];
    private final ByteBuffer parts = ByteBuffer.wrap(hash);

    private Sha256() {}

    /** The hash of these bytes. */
    static Fingerprint print(byte[] bytes) {
        var place = ((int) Thread.currentThread().getId() & PLACES - 1) * STRIDE + STRIDE;
        var spare = SPARE.getAndSet(place, null);
        var used = spare == null ? new Sha256() : spare;
        var print = used.hash(bytes);
        SPARE.setRelease(place, used);
        return print;
    }

    private Fingerprint hash(byte[] bytes) {
        digest.update(bytes);
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        return new Fingerprint(
                parts.getLong(0),
                parts.getLong(Long.BYTES),
                parts.getLong(2 * Long.BYTES),
                parts.getLong(3 * Long.BYTES));
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
