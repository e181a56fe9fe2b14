package dev.portcullis.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the application writes. What it writes as characters is counted as UTF-8. Thread-safe. */
final class SentBytes {

    private final AtomicLong total = new AtomicLong();

    long total() {
        return total.get();
    }

    /** The stream, counted. */
    ServletOutputStream of(ServletOutputStream stream) {
        return new Stream(stream);
    }

    /** The writer, counted. */
    PrintWriter of(PrintWriter writer) {
        return new Writer(writer);
    }

    private final class Stream extends ServletOutputStream {

        private final ServletOutputStream stream;

        Stream(ServletOutputStream stream) {
            this.stream = stream;
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
            stream.write(b);
            total.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            total.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    private final class Writer extends PrintWriter {

        Writer(PrintWriter writer) {
            super(writer);
        }

        @Override
        public void write(int c) {
            super.write(c);
            total.addAndGet(length((char) c));
        }

        @Override
        public void write(char[] chars, int offset, int length) {
            super.write(chars, offset, length);
            var bytes = 0L;
            for (var i = offset; i < offset + length; i++) {
                bytes += length(chars[i]);
            }
            total.addAndGet(bytes);
        }

        @Override
        public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            var bytes = 0L;
            for (var i = offset; i < offset + length; i++) {
                bytes += length(text.charAt(i));
            }
            total.addAndGet(bytes);
        }

        /** The end of a line would else go past. */
        @Override
        public void println() {
            write(System.lineSeparator());
        }
    }

    /** How long the text is in UTF-8. */
    static long lengthOf(CharSequence text) {
        var bytes = 0L;
        for (var i = 0; i < text.length(); i++) {
            bytes += length(text.charAt(i));
        }
        return bytes;
    }

    /** Each half of a surrogate pair is two of its four bytes. */
    private static int length(char c) {
        return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
