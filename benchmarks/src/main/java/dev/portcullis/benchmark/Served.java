package dev.portcullis.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A service in a JVM of its own, and some connections to it that are kept open. Not thread-safe. */
final class Served implements AutoCloseable {

    private final Process process;
    private final byte[] request;
    private final List<Connection> connections = new ArrayList<>();

    /** A connection that is kept open. */
    private record Connection(Socket socket, InputStream in) {}

    /** Connects to a service that listens on a port of the loopback. */
    Served(Process process, int port, String request) throws IOException {
        this.process = process;
        this.request = request.getBytes(StandardCharsets.US_ASCII);
        var load = Load.CHOSEN;
        for (var i = 0; i < load.clients(); i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            connections.add(new Connection(socket, new BufferedInputStream(socket.getInputStream(), 1 << 16)));
        }
        for (var i = 0; i < load.ahead(); i++) {
            sendAll();
        }
    }

    private void sendAll() throws IOException {
        for (var connection : connections) {
            connection.socket().getOutputStream().write(request);
        }
    }

    /** The CPU time of the service's threads so far, in nanoseconds: Linux counts that of a whole process by hundredths of a second. */
    private long cpu() throws IOException {
        var total = 0L;
        try (var threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (var thread : threads) {
                total += nanos(thread.resolve("schedstat"));
            }
        }
        return total;
    }

    private static long nanos(Path statistics) throws IOException {
        try {
            var text = Files.readString(statistics);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Sends the request about so often, on every connection once and then again when all are answered; the service's CPU for each,
     * in microseconds.
     */
    double ask(int times) throws IOException {
        var before = cpu();
        var sent = 0;
        for (; sent < times; sent += connections.size()) {
            Load.CHOSEN.pause();
            sendAll();
            for (var connection : connections) {
                readResponse(connection.in());
            }
        }
        return (cpu() - before) / 1000.0 / sent;
    }

    private static void readResponse(InputStream in) throws IOException {
        var head = line(in, new StringBuilder(), "\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException("the service answered: " + head);
        }
        var lower = head.toLowerCase(Locale.ROOT);
        var at = lower.indexOf("content-length:");
        if (at >= 0) {
            in.skipNBytes(Long.parseLong(
                    lower.substring(at + 15, lower.indexOf('\r', at)).strip()));
        } else {
            skipChunks(in);
        }
    }

    private static void skipChunks(InputStream in) throws IOException {
        var size = -1;
        while (size != 0) {
            size = Integer.parseInt(line(in, new StringBuilder(), "\r\n").strip(), 16);
            in.skipNBytes(size + 2L);
        }
    }

    private static String line(InputStream in, StringBuilder text, String end) throws IOException {
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
        for (var connection : connections) {
            connection.socket().close();
        }
        process.destroy();
    }
}
