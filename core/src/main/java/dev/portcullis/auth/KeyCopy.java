package dev.portcullis.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.TrustedBase;
import dev.portcullis.fetch.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good keys of one issuer in a file, so that a start does not need the issuer. Thread-safe.
 *
 * <p>Whoever can write the file can sign tokens: it belongs to the service alone. It says whose keys it holds and when they were
 * fetched, and keys that are too old or from the future are not taken.
 *
 * @param path the file
 * @param issuer whose keys it holds
 * @param clock by which keys age
 */
@TrustedBase
record KeyCopy(Path path, Issuer issuer, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);
    private static final String ISSUER = "issuer";
    private static final String FETCHED = "fetched";

    /** Room for what is written around the keys. */
    private static final int MAX_BYTES = Fetcher.MAX_BYTES + 4096;

    /** Puts these keys in the place of those that were there; a reader sees the one or the other, whole. */
    void write(byte[] jwks) {
        var document = (ObjectNode) StrictJson.object(jwks);
        document.put(ISSUER, issuer.issuer()).put(FETCHED, clock.instant().toString());
        try {
            new WholeFile(path).write(document.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            LOG.warn("issuer `{}`: the copy of the keys cannot be written: {}", issuer.name(), String.valueOf(e));
        }
    }

    /** The keys in the file; null when there are none that may still be used. */
    KeySupply.@Nullable Kept read() {
        try {
            return Files.exists(path) ? read(new WholeFile(path).read(MAX_BYTES)) : null;
        } catch (IOException | RuntimeException e) {
            LOG.warn("issuer `{}`: the copy of the keys cannot be read: {}", issuer.name(), String.valueOf(e));
            return null;
        }
    }

    private KeySupply.@Nullable Kept read(byte[] bytes) {
        var document = StrictJson.object(bytes);
        var fetched = time(document.path(FETCHED).asText(""));
        if (fetched == null || !document.path(ISSUER).asText("").equals(issuer.issuer())) {
            LOG.warn("issuer `{}`: the copy of the keys is not this issuer's, or does not say its age", issuer.name());
            return null;
        }
        var now = clock.instant();
        if (fetched.isAfter(now) || !fetched.plus(issuer.keyCare().maxStale()).isAfter(now)) {
            LOG.warn("issuer `{}`: the copy of the keys, of {}, is too old or from the future", issuer.name(), fetched);
            return null;
        }
        var keys = JwkReader.of(issuer).read(document.toString().getBytes(StandardCharsets.UTF_8));
        return keys.isEmpty() ? null : new KeySupply.Kept(keys, fetched);
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
