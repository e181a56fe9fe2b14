package dev.portcullis.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that asks for one path over and over; it is made anew where the service closes it, as Tomcat does after a 503. Not thread-safe. */
final class KeptLine implements AutoCloseable {

    private final int port;
    private final byte[] request;
    private Socket socket;
    private InputStream in;

    KeptLine(int port, String path, String key) throws IOException {
        this.port = port;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedInputStream(socket.getInputStream());
        request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: " + key + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Asks, and reads the answer to its end. */
    int status() throws IOException {
        socket.getOutputStream().write(request);
        var head = line();
        var length = 0L;
        var closes = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var lower = line.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Long.parseLong(lower.substring(15).strip())
                    : length;
            closes |= lower.equals("connection: close");
        }
        in.skipNBytes(length);
        if (closes) {
            socket.close();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            in = new BufferedInputStream(socket.getInputStream());
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the service closed the connection");
            }
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
