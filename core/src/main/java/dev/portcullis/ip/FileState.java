package dev.portcullis.ip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * What a file is told apart by without being read. Immutable.
 *
 * <p>Times of files come in ticks: one that was written just now may be written again without looking any different. Of such a one nobody
 * can say later that it is still the same.
 *
 * @param modified when it was last written
 * @param size how many bytes it has
 * @param settled whether it was written some time before it was looked at
 */
record FileState(FileTime modified, long size, boolean settled) {

    /** The longest tick of file systems that are in use, in milliseconds. */
    private static final long TICK = 2_000;

    /** How a file looks now. */
    static FileState of(Path path) throws IOException {
        var modified = Files.getLastModifiedTime(path);
        var age = Math.abs(System.currentTimeMillis() - modified.toMillis());
        return new FileState(modified, Files.size(path), age > TICK);
    }

    /** Tells whether a file that looked like this, and looks like the other now, is certainly the same. */
    boolean isStill(FileState other) {
        return settled && modified.equals(other.modified) && size == other.size;
    }
}
