package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

import dev.portcullis.http.StreamedBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A body that rules have read: their bytes first, then what the connection still holds.
 *
 * <p>Containers cannot go over from blocking to non-blocking reads in the midst of a body. A listener is therefore served by a
 * thread of the container that reads as a blocking application would. Belongs to one request.
 */
final class ReplayedStream extends ServletInputStream {

    private final HttpServletRequest request;
    private final StreamedBody body;
    private final InputStream replay;
    private final ServletInputStream connection;
    private final int kept;
    private final AtomicBoolean toldAll = new AtomicBoolean();
    private volatile @Nullable ReadListener listener;
    private volatile boolean serving;
    private long total;
    private boolean ended;

    ReplayedStream(HttpServletRequest request, StreamedBody body) throws IOException {
        this.request = request;
        this.body = body;
        this.replay = body.replay();
        this.kept = replay.available();
        this.connection = request.getInputStream();
    }

    @Override
    public int read() throws IOException {
        var value = replay.read();
        passed(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        var count = replay.read(target, from, length);
        passed(count);
        return count;
    }

    private void passed(int count) {
        ended |= count < 0;
        total += Math.max(count, 0);
        if (listener != null && !serving && isFinished()) {
            request.getAsyncContext().start(this::tellAll);
        }
    }

    @Override
    public int available() throws IOException {
        return replay.available();
    }

    @Override
    public boolean isFinished() {
        return ended || total >= kept && (body.complete() || connection.isFinished());
    }

    /** Reads may block, but always bring something. */
    @Override
    public boolean isReady() {
        return !isFinished();
    }

    @Override
    public void setReadListener(ReadListener reader) {
        if (listener != null) {
            throw new IllegalStateException("a read listener was set for this request already");
        }
        listener = requireNonNull(reader, "reader");
        serving = true;
        request.getAsyncContext().start(() -> serve(reader));
    }

    private void serve(ReadListener reader) {
        try {
            if (!isFinished()) {
                reader.onDataAvailable();
            }
            serving = false;
            if (isFinished()) {
                tellAll();
            }
        } catch (IOException | RuntimeException e) {
            reader.onError(e);
        }
    }

    private void tellAll() {
        var reader = requireNonNull(listener, "listener");
        if (toldAll.compareAndSet(false, true)) {
            try {
                reader.onAllDataRead();
            } catch (IOException | RuntimeException e) {
                reader.onError(e);
            }
        }
    }
}
