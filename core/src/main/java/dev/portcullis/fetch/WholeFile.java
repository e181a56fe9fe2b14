package dev.portcullis.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
        var folder = requireNonNull(path.toAbsolutePath().getParent(), "folder");
        Files.createDirectories(folder);
        var draft = Files.createTempFile(folder, "." + path.getFileName(), ".tmp");
        try {
            force(draft, bytes);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** On the disk before it takes the place of another, or a machine that stops would leave a file with nothing in it. */
    private static void force(Path draft, byte[] bytes) throws IOException {
        try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
    }

    /** The name is on the disk too, where a system lets folders be forced; else the file that was there before may be found again. */
    private static void force(Path folder) {
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            return;
        }
    }
}
