package dev.portcullis.http;

import dev.portcullis.Address;
import dev.portcullis.Body;
import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Route;
import dev.portcullis.Session;
import dev.portcullis.TrustedBase;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is shown without its content coding.
 *
 * @param request the request
 * @param body the body, decoded
 */
@TrustedBase
record DecodedRequest(Request request, Body body) implements Request {

    static final String CONTENT_ENCODING = "Content-Encoding";

    static DecodedRequest of(Request request, String coding, int maxRatio) {
        return new DecodedRequest(request, new DecodedBody(request.body(), coding, maxRatio));
    }

    @Override
    public @Nullable String header(String name) {
        return name.equalsIgnoreCase(CONTENT_ENCODING) ? null : request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return name.equalsIgnoreCase(CONTENT_ENCODING) ? List.of() : request.headers(name);
    }

    @Override
    public List<Header> headers() {
        return request.headers();
    }

    @Override
    public @Nullable Principal principal() {
        return request.principal();
    }

    @Override
    public Proven proven() {
        return request.proven();
    }

    @Override
    public String id() {
        return request.id();
    }

    @Override
    public long began() {
        return request.began();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public String rawPath() {
        return request.rawPath();
    }

    @Override
    public String sentPath() {
        return request.sentPath();
    }

    @Override
    public boolean fromTrustedPeer() {
        return request.fromTrustedPeer();
    }

    @Override
    public List<X509Certificate> certificates() {
        return request.certificates();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public @Nullable String ambiguity() {
        return request.ambiguity();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public Address peer() {
        return request.peer();
    }

    @Override
    public Address address() {
        return request.address();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return request.certificate();
    }

    @Override
    public @Nullable Session session() {
        return request.session();
    }

    @Override
    public @Nullable Route route() {
        return request.route();
    }

    @Override
    public Dispatch dispatch() {
        return request.dispatch();
    }
}
