package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Route;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is at hand in memory: for unit tests of policies, for the command line, for replaying recorded traffic.
 *
 * <p>Immutable, but for the array of the body, which is not to be changed.
 *
 * @param method the method
 * @param target the path and the query as sent
 * @param headers the header field lines in order
 * @param bytes the body
 * @param scheme the scheme of the connection
 * @param peer the address at the other end of the connection
 * @param route where the request goes; null when nobody says
 * @param dispatch why the gate is asked
 * @param certificates the client's certificate and those that came with it; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a recorded body is handed through, never compared
public record RecordedWire(
        String method,
        String target,
        List<Header> headers,
        byte[] bytes,
        String scheme,
        Address peer,
        @Nullable Route route,
        Dispatch dispatch,
        List<X509Certificate> certificates)
        implements Wire {

    private static final Address LOOPBACK = Address.ofIpv4(0x7f000001);

    /** Copies the headers. */
    public RecordedWire {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
        requireNonNull(bytes, "bytes");
        requireNonNull(scheme, "scheme");
        requireNonNull(peer, "peer");
        requireNonNull(dispatch, "dispatch");
        headers = List.copyOf(headers);
        certificates = List.copyOf(certificates);
    }

    /** A request without a client certificate. */
    public RecordedWire(
            String method,
            String target,
            List<Header> headers,
            byte[] bytes,
            String scheme,
            Address peer,
            @Nullable Route route,
            Dispatch dispatch) {
        this(method, target, headers, bytes, scheme, peer, route, dispatch, List.of());
    }

    /** A request over plain HTTP from the host itself, without headers and body. */
    public static RecordedWire of(String method, String target) {
        return new RecordedWire(method, target, List.of(), new byte[0], "http", LOOPBACK, null, Dispatch.REQUEST);
    }

    /** The same request with one header line more. */
    public RecordedWire with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new RecordedWire(method, target, more, bytes, scheme, peer, route, dispatch, certificates);
    }

    /** The same request with this body of UTF-8 text. */
    public RecordedWire body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same request with this body. */
    public RecordedWire body(byte[] content) {
        return new RecordedWire(method, target, headers, content, scheme, peer, route, dispatch, certificates);
    }

    /** The same request from this peer. */
    public RecordedWire from(String address) {
        return new RecordedWire(
                method, target, headers, bytes, scheme, Address.parse(address), route, dispatch, certificates);
    }

    /** The same request over this scheme. */
    public RecordedWire over(String otherScheme) {
        return new RecordedWire(method, target, headers, bytes, otherScheme, peer, route, dispatch, certificates);
    }

    /** The same request on its way to this handler. */
    public RecordedWire to(Route handler) {
        requireNonNull(handler, "handler");
        return new RecordedWire(method, target, headers, bytes, scheme, peer, handler, dispatch, certificates);
    }

    /** The same request in this turn. */
    public RecordedWire on(Dispatch turn) {
        return new RecordedWire(method, target, headers, bytes, scheme, peer, route, turn, certificates);
    }

    /** The same request over a connection on which the client has shown these certificates, its own first. */
    public RecordedWire showing(List<X509Certificate> chain) {
        return new RecordedWire(method, target, headers, bytes, scheme, peer, route, dispatch, chain);
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return certificates.isEmpty() ? null : certificates.get(0);
    }

    /** The view of this request when no proxy is trusted. */
    public View view() {
        return new View(this, Forwarding.NONE);
    }

    @Override
    public String rawPath() {
        var mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    @Override
    public @Nullable String query() {
        var mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public boolean unannouncedIsEmpty() {
        return bytes.length == 0;
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(bytes);
    }
}
