package dev.portcullis.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, unzipped where it is zipped, and never holds more than one bounded line. */
final class Lines implements Closeable {

    static final int MAX_LENGTH = 16 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int ZIPPED = 0x1f8b;

    private final InputStream in;
    private final String name;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private long number;
    private boolean tooLong;

    private Lines(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    static Lines of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("`" + path + "` is a folder");
        }
        var stream = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            return new Lines(zipped(stream) ? new GZIPInputStream(stream, BUFFER) : stream, path.toString());
        } catch (IOException e) {
            stream.close();
            throw of(path.toString(), e);
        }
    }

    static Lines of(InputStream stream) {
        return new Lines(stream, "standard input");
    }

    /** The same problem, with where it is. */
    private static IOException of(String name, IOException problem) {
        return new IOException("`" + name + "`: " + problem.getMessage(), problem);
    }

    private static boolean zipped(InputStream stream) throws IOException {
        stream.mark(2);
        var magic = stream.read() << 8 | stream.read();
        stream.reset();
        return magic == ZIPPED;
    }

    /** The next line, null at the end. A line that is {@link #tooLong} is cut. */
    @Nullable
    String next() throws IOException {
        if (at == filled && !fill()) {
            return null;
        }
        var line = new ByteArrayOutputStream(BUFFER >> 6);
        tooLong = false;
        number++;
        do {
            var end = endOfLine();
            keep(line, end);
            at = end + 1;
            if (end < filled) {
                break;
            }
        } while (fill());
        return line.toString(StandardCharsets.UTF_8);
    }

    private int endOfLine() {
        var end = at;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private void keep(ByteArrayOutputStream line, int end) {
        var room = MAX_LENGTH - line.size();
        tooLong |= end - at > room;
        line.write(buffer, at, Math.min(end - at, room));
    }

    private boolean fill() throws IOException {
        at = 0;
        try {
            filled = Math.max(0, in.read(buffer));
        } catch (IOException e) {
            throw of(name, e);
        }
        return filled > 0;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    boolean tooLong() {
        return tooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
