package dev.portcullis.drill;

import dev.portcullis.drill.Answer.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Writes requests, each on a connection of its own, and reads what comes back, in bounded time and up to a bounded length. For one thread. */
final class Wire implements AutoCloseable {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int QUIET_MILLIS = 250;

    private final Target target;
    private final int millis;
    private final ScheduledThreadPoolExecutor alarm = new ScheduledThreadPoolExecutor(1, Wire::daemon);
    private int chosen;
    private boolean mistrusted;

    Wire(Target target, Duration timeOut) {
        this.target = target;
        this.millis = Math.toIntExact(timeOut.toMillis());
        alarm.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "portcullis-attack-alarm");
        thread.setDaemon(true);
        return thread;
    }

    /** Sends a request; whatever goes wrong is an answer, too. */
    Answer send(Draft draft) {
        Socket socket;
        try {
            socket = connected();
        } catch (IOException e) {
            return Answer.none(Fate.UNREACHABLE);
        }
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        // A write has no time-out of its own: who does not read holds it until the connection is closed from here.
        var closing = alarm.schedule(() -> close(socket), millis, TimeUnit.MILLISECONDS);
        try (socket) {
            var broken = write(socket, draft);
            var received = new ByteArrayOutputStream();
            var closed = read(socket.getInputStream(), received, draft.lingers());
            if (received.size() == 0 && (broken || closed)) {
                return Answer.none(Fate.CLOSED);
            }
            return AnswerText.read(received.toByteArray(), closed);
        } catch (IOException e) {
            return Answer.none(System.nanoTime() < until ? Fate.CLOSED : Fate.SILENT);
        } finally {
            closing.cancel(false);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed then.
            return;
        }
    }

    /** Writes all of it, or as much as is taken: who denies early does not read the rest. */
    private static boolean write(Socket socket, Draft draft) {
        try {
            socket.getOutputStream().write(draft.written());
            socket.getOutputStream().flush();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads until the end, until there is enough, or until it is quiet behind the head; tells whether the end was reached. */
    private boolean read(InputStream in, ByteArrayOutputStream received, boolean lingers) throws IOException {
        var buffer = new byte[8 * 1024];
        while (received.size() < MOST_BYTES) {
            int count;
            try {
                count = in.read(buffer);
            } catch (SocketTimeoutException e) {
                if (AnswerText.hasHead(received.toByteArray())) {
                    return false;
                }
                continue;
            } catch (IOException e) {
                if (received.size() == 0) {
                    throw e;
                }
                return true;
            }
            if (count < 0) {
                return true;
            }
            received.write(buffer, 0, count);
            if (!lingers && AnswerText.isWhole(received.toByteArray())) {
                return false;
            }
        }
        return false;
    }

    private Socket connected() throws IOException {
        IOException last = null;
        for (var tried = 0; tried < target.addresses().size(); tried++) {
            try {
                return connected(chosen);
            } catch (IOException e) {
                last = e;
                chosen = (chosen + 1) % target.addresses().size();
            }
        }
        throw last == null ? new IOException("no address") : last;
    }

    private Socket connected(int which) throws IOException {
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(target.addresses().get(which), target.port()), millis);
            plain.setSoTimeout(QUIET_MILLIS);
            plain.setTcpNoDelay(true);
            return target.tls() ? secured(plain) : plain;
        } catch (IOException e) {
            plain.close();
            mistrusted |= e instanceof SSLException;
            throw e;
        }
    }

    /** Tells whether somebody was there with whom there was no TLS that is believed. */
    boolean isMistrusted() {
        return mistrusted;
    }

    private Socket secured(Socket plain) throws IOException {
        plain.setSoTimeout(millis);
        var sockets = target.trust().sockets();
        var socket = (SSLSocket) sockets.createSocket(plain, target.host(), target.port(), true);
        if (target.trust().named()) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        socket.setSoTimeout(QUIET_MILLIS);
        return socket;
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
