package dev.portcullis.http;

import java.io.IOException;
import java.io.InputStream;

/** A body of which the connection breaks after the bytes that are there. */
final class BrokenBody extends InputStream {

    private final InputStream content;
    private final Failure failure;

    /** What reading throws. */
    interface Failure {
        int raise() throws IOException;
    }

    private BrokenBody(InputStream content, Failure failure) {
        this.content = content;
        this.failure = failure;
    }

    /** A request whose body ends early. */
    static Wire of(RecordedWire wire) {
        return of(wire, () -> {
            throw new IOException("early end");
        });
    }

    /** A request whose body ends in this way. */
    static Wire of(RecordedWire wire, Failure failure) {
        return new RelayedWire(wire, content -> new BrokenBody(content, failure));
    }

    @Override
    public int read() throws IOException {
        var read = content.read();
        return read < 0 ? failure.raise() : read;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        var read = content.read(into, from, count);
        return read < 0 ? failure.raise() : read;
    }
}
