package dev.portcullis.ip;

import dev.portcullis.fetch.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last good copy of one feed in a file, so that a start does not need the source. Thread-safe.
 *
 * <p>Its first line says whose copy it is; when it was fetched is the file's time. Whoever can write the file can deny and allow
 * addresses: it belongs to the service alone.
 *
 * @param path the file
 * @param source the name of the source
 */
record FeedCopy(Path path, String source) {

    private static final int MAX_LINE = 4096;

    /**
     * What is in the file.
     *
     * @param bytes the document as it came
     * @param fetched when it came, or was last known to be the source's
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    record Kept(byte[] bytes, Instant fetched) {}

    private byte[] heading() {
        return ("# portcullis: a copy of " + source.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps the document. */
    void write(byte[] bytes, Instant fetched) throws IOException {
        var all = new ByteArrayOutputStream(bytes.length + MAX_LINE);
        all.writeBytes(heading());
        all.writeBytes(bytes);
        new WholeFile(path).write(all.toByteArray());
        touch(fetched);
    }

    /** Notes that the document is still the source's. */
    void touch(Instant fetched) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(fetched));
    }

    /** What is in the file; null when there is none, or that of another source. */
    @Nullable
    Kept read(int maxBytes) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        var fetched = Files.getLastModifiedTime(path).toInstant();
        var all = new WholeFile(path).read(maxBytes + MAX_LINE);
        var heading = heading();
        return all.length >= heading.length && Arrays.equals(heading, Arrays.copyOf(all, heading.length))
                ? new Kept(Arrays.copyOfRange(all, heading.length, all.length), fetched)
                : null;
    }
}
