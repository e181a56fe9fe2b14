package dev.portcullis.http;

import dev.portcullis.Address;
import dev.portcullis.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose connection breaks after the bytes of the body that are there. */
record BrokenWire(RecordedWire wire, Failure failure) implements Wire {

    /** What reading throws. */
    interface Failure {
        int raise() throws IOException;
    }

    BrokenWire(RecordedWire wire) {
        this(wire, () -> {
            throw new IOException("early end");
        });
    }

    @Override
    public String method() {
        return wire.method();
    }

    @Override
    public String rawPath() {
        return wire.rawPath();
    }

    @Override
    public @Nullable String query() {
        return wire.query();
    }

    @Override
    public String scheme() {
        return wire.scheme();
    }

    @Override
    public List<Header> headers() {
        return wire.headers();
    }

    @Override
    public Address peer() {
        return wire.peer();
    }

    @Override
    public InputStream body() {
        return new Breaking(new ByteArrayInputStream(wire.bytes()));
    }

    private final class Breaking extends InputStream {

        private final InputStream content;

        Breaking(InputStream content) {
            this.content = content;
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
}
