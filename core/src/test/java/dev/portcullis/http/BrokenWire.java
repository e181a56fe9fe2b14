package dev.portcullis.http;

import dev.portcullis.Address;
import dev.portcullis.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Objects;
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
        return new SequenceInputStream(new ByteArrayInputStream(wire.bytes()), new Breaking());
    }

    private final class Breaking extends InputStream {

        @Override
        public int read() throws IOException {
            return failure.raise();
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, into.length);
            return failure.raise();
        }
    }
}
