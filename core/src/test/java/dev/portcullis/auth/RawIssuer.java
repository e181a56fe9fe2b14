package dev.portcullis.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers every request with the same bytes, whatever they are, and hangs up. */
final class RawIssuer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile byte[] answer = new byte[0];

    RawIssuer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var thread = new Thread(this::serve, "raw issuer");
        thread.setDaemon(true);
        thread.start();
    }

    URI at(String path) {
        return URI.create("http://localhost:" + socket.getLocalPort() + path);
    }

    void answers(String raw) {
        answer = raw.getBytes(ISO_8859_1);
    }

    /** The heads of the requests so far. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                seen.add(request(connection.getInputStream()));
                write(connection);
            } catch (IOException e) {
                // the other side, or the test, has hung up
            }
        }
    }

    private void write(Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(answer);
        out.flush();
        connection.shutdownOutput();
    }

    private static String request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        var length = head.toString().toLowerCase(java.util.Locale.ROOT).split("content-length: ", 2);
        var count = length.length < 2 ? 0 : Integer.parseInt(length[1].substring(0, length[1].indexOf('\r')));
        return head + new String(in.readNBytes(count), ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
