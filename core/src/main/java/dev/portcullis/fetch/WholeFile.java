package dev.portcullis.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is read and replaced as a whole. Thread-safe.
 *
 * @param path where it is
 */
public record WholeFile(Path path) {

    /** Checks that there is a path. */
    public WholeFile {
        requireNonNull(path, "path");
    }

    /**
     * What is in it.
     *
     * @throws IOException when it cannot be read, or is larger
     */
    public byte[] read(int maxBytes) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(path + ": more than " + maxBytes + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Puts these bytes in the place of those that were there; a reader sees the one or the other, whole.
     *
     * @throws IOException when they cannot be written; then nothing has changed
     */
    public void write(byte[] bytes) throws IOException {
        var folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var draft = Files.createTempFile(folder, "." + path.getFileName(), ".tmp");
        try {
            Files.write(draft, bytes);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
