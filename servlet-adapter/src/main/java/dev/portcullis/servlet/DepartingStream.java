package dev.portcullis.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The bytes that the application writes, on their way past the rules. Belongs to one response. */
final class DepartingStream extends ServletOutputStream {

    private final ServletOutputStream stream;
    private final Departure departure;

    DepartingStream(ServletOutputStream stream, Departure departure) {
        this.stream = stream;
        this.departure = departure;
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        stream.setWriteListener(listener);
    }

    @Override
    public void write(int b) throws IOException {
        if (departure.passes(new byte[] {(byte) b}, 0, 1)) {
            stream.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (departure.passes(bytes, offset, length)) {
            stream.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (departure.flushing()) {
            stream.flush();
        }
    }

    @Override
    public void close() throws IOException {
        departure.finish();
        stream.close();
    }
}
