package dev.portcullis.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256, for keys that several nodes make and whose salt is therefore no secret: nobody can make texts that collide even so. Not
 * thread-safe.
 */
final class Digested implements KeyHash {

    private final MessageDigest digest;

    Digested(Salt salt) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        add(salt.high());
        add(salt.low());
    }

    @Override
    public void add(long word) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, word));
    }

    @Override
    public void add(int sort, String text) {
        add(sort);
        addBytes(text);
    }

    @Override
    public void add(int sort, String one, String other) {
        add(sort);
        addBytes(one);
        addBytes(other);
    }

    private void addBytes(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_16BE);
        add(bytes.length);
        digest.update(bytes);
    }

    @Override
    public MeterKey key(int rule) {
        var hash = ByteBuffer.wrap(digest.digest());
        return new MeterKey(rule, hash.getLong(), hash.getLong());
    }
}
