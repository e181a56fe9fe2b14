package dev.portcullis;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of which rules have found out something.
 *
 * @param request the request
 * @param principal who calls; null while nobody knows
 * @param proven which of its values are harmless
 */
record Identified(Request request, @Nullable Principal principal, Request.Proven proven) implements Request {

    /** The request with its caller, where that was found out. */
    static Request calledBy(@Nullable Principal caller, Request request) {
        return caller == null ? request : new Identified(bare(request), caller, request.proven());
    }

    /** The request with more values that are harmless. */
    static Request proving(Request.Proven more, Request request) {
        return more.isNothing()
                ? request
                : new Identified(
                        bare(request), request.principal(), request.proven().and(more));
    }

    private static Request bare(Request request) {
        return request instanceof Identified known ? known.request : request;
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
    public List<Header> headers() {
        return request.headers();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
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

    @Override
    public Body body() {
        return request.body();
    }
}
