package dev.portcullis.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A service in a JVM of its own, and one connection to it that is kept open. Not thread-safe. */
final class Served implements AutoCloseable {

    private final Process process;
    private final byte[] request;
    private final Socket socket;
    private final InputStream in;

    /** Connects to a service that listens on a port of the loopback. */
    Served(Process process, int port, String request) throws IOException {
        this.process = process;
        this.request = request.getBytes(StandardCharsets.US_ASCII);
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    private Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Sends the request so often, one after the other; the service's CPU for each, in microseconds. */
    double ask(int times) throws IOException {
        var before = cpu();
        for (var i = 0; i < times; i++) {
            socket.getOutputStream().write(request);
            readResponse();
        }
        return cpu().minus(before).toNanos() / 1000.0 / times;
    }

    private void readResponse() throws IOException {
        var head = line(new StringBuilder(), "\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException("the service answered: " + head);
        }
        var lower = head.toLowerCase(Locale.ROOT);
        var at = lower.indexOf("content-length:");
        if (at >= 0) {
            in.skipNBytes(Long.parseLong(
                    lower.substring(at + 15, lower.indexOf('\r', at)).strip()));
        } else {
            skipChunks();
        }
    }

    private void skipChunks() throws IOException {
        var size = -1;
        while (size != 0) {
            size = Integer.parseInt(line(new StringBuilder(), "\r\n").strip(), 16);
            in.skipNBytes(size + 2L);
        }
    }

    private String line(StringBuilder text, String end) throws IOException {
        while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("the service closed the connection after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroy();
    }
}
