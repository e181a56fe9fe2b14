package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.Address;
import dev.portcullis.Body.Content;
import dev.portcullis.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that counts how often it was opened and what was read. */
final class Connection implements Wire {

    static final Header CHUNKED = new Header("Transfer-Encoding", "chunked");

    private final InputStream content;
    private final List<Header> headers;
    private final boolean http1;
    int opened;
    int read;

    Connection(InputStream content, boolean http1, Header... headers) {
        this.content = content;
        this.http1 = http1;
        this.headers = List.of(headers);
    }

    StreamedBody streamed() {
        return new View(this, Forwarding.NONE).body();
    }

    StreamedBody timedBy(java.util.function.LongSupplier nanos) {
        return new View(this, Forwarding.NONE, nanos).body();
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String rawPath() {
        return "/";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public List<Header> headers() {
        return headers;
    }

    @Override
    public Address peer() {
        return Address.parse("192.0.2.1");
    }

    @Override
    public boolean unannouncedIsEmpty() {
        return http1;
    }

    @Override
    public InputStream body() {
        opened++;
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("nobody reads single bytes from a connection");
            }

            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                var got = content.read(into, from, count);
                read += Math.max(got, 0);
                return got;
            }
        };
    }

    static Connection http1(String content, Header... headers) {
        return new Connection(new ByteArrayInputStream(content.getBytes(UTF_8)), true, headers);
    }

    static Connection http2(String content, Header... headers) {
        return new Connection(new ByteArrayInputStream(content.getBytes(UTF_8)), false, headers);
    }

    static Header length(Object value) {
        return new Header("Content-Length", value.toString());
    }

    /** The content as text, or status and code of the denial. */
    static String told(Content content) {
        if (content instanceof Content.Denied denied) {
            var reply = denied.deny().reply();
            return reply.status() + " " + reply.code();
        }
        return new String(((Content.Whole) content).bytes(), UTF_8);
    }

    static String replayed(StreamedBody body) throws IOException {
        return new String(body.replay().readAllBytes(), UTF_8);
    }
}
