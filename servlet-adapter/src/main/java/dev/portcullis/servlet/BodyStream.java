package dev.portcullis.servlet;

import dev.portcullis.Verdict;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The body as the application reads it, judged by watches as it passes. Belongs to one request. */
final class BodyStream extends ServletInputStream {

    private final ServletInputStream bytes;
    private final LaterDenial denial;
    private long total;

    /** What the filter does when a watch denies. */
    interface LaterDenial {

        /** Judges the bytes read so far. */
        Verdict reading(long total);

        /** Ends the exchange with the reply. */
        void deny(Verdict.Deny deny) throws IOException;
    }

    BodyStream(ServletInputStream bytes, LaterDenial denial) {
        this.bytes = bytes;
        this.denial = denial;
    }

    @Override
    public int read() throws IOException {
        var value = bytes.read();
        passed(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        var count = bytes.read(target, from, length);
        passed(count);
        return count;
    }

    private void passed(int count) throws IOException {
        total += Math.max(count, 0);
        if (count > 0 && denial.reading(total) instanceof Verdict.Deny deny) {
            denial.deny(deny);
            throw new DeniedLater();
        }
    }

    @Override
    public int available() throws IOException {
        return bytes.available();
    }

    @Override
    public boolean isFinished() {
        return bytes.isFinished();
    }

    @Override
    public boolean isReady() {
        return bytes.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        bytes.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
