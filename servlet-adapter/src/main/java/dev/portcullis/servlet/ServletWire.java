package dev.portcullis.servlet;

import static java.util.Objects.requireNonNullElse;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Route;
import dev.portcullis.Session;
import dev.portcullis.fetch.CannotTell;
import dev.portcullis.http.Wire;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's request as the core reads it. Belongs to one request. */
final class ServletWire implements Wire {

    private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";
    private static final String TOMCAT_REPLACED_PEER = "org.apache.tomcat.remoteAddr";

    /** Who reads the headers of proxies. */
    enum Readers {
        /** The gate does not; whoever else does is believed. */
        OTHERS,
        /** The gate does, so that nobody may have done so before. */
        GATE,
        /** The gate does, and somebody in the container too: nobody can tell who the peer is. */
        BOTH
    }

    private final HttpServletRequest request;
    private final Dispatch dispatch;
    private final Sources sources;
    private final Readers readers;
    private final boolean included;
    private final @Nullable String id;
    private final ServletRequest connection;
    private @Nullable Route route;
    private boolean routed;

    /**
     * A wire over a container's request.
     *
     * @param readers who reads the headers of proxies
     */
    ServletWire(HttpServletRequest request, Dispatch dispatch, Sources sources, Readers readers) {
        this.request = request;
        this.dispatch = dispatch;
        this.sources = sources;
        this.readers = readers;
        this.connection = innermost(request);
        // In its first turn a request has no earlier one, and is included nowhere.
        var later = request.getDispatcherType() != DispatcherType.REQUEST;
        var earlier = later ? Exchange.of(request) : null;
        this.id = earlier == null ? null : earlier.view().id();
        this.included = later && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) != null;
    }

    /** The container's own request: a filter that stood before the gate may have changed what others show. */
    private static ServletRequest innermost(ServletRequest request) {
        var inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    @Override
    public @Nullable String id() {
        return id;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        return included ? attribute(RequestDispatcher.INCLUDE_REQUEST_URI) : request.getRequestURI();
    }

    @Override
    public String contextPath() {
        return included ? attribute(RequestDispatcher.INCLUDE_CONTEXT_PATH) : request.getContextPath();
    }

    @Override
    public @Nullable String query() {
        return included
                ? (String) request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING)
                : request.getQueryString();
    }

    private String attribute(String name) {
        return requireNonNullElse((String) request.getAttribute(name), "");
    }

    @Override
    public String scheme() {
        return ConnectionScheme.of(connection, readers == Readers.OTHERS);
    }

    @Override
    public List<Header> headers() {
        var headers = new ArrayList<Header>(16);
        var names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            var values = request.getHeaders(name);
            while (values.hasMoreElements()) {
                headers.add(new Header(name, values.nextElement()));
            }
        }
        return headers;
    }

    @Override
    public Address peer() {
        if (readers == Readers.BOTH || readers == Readers.GATE && request.getAttribute(TOMCAT_REPLACED_PEER) != null) {
            throw new CannotTell(
                    "the container has read the headers of proxies already"
                            + " (take away either its RemoteIpValve, RemoteIpFilter or ForwardedRequestCustomizer, or `forwarded`)");
        }
        var address = connection.getRemoteAddr();
        var zone = address.indexOf('%');
        return Address.parse(zone < 0 ? address : address.substring(0, zone));
    }

    @Override
    public @Nullable X509Certificate certificate() {
        var chain = certificates();
        return chain.isEmpty() ? null : chain.get(0);
    }

    @Override
    public List<X509Certificate> certificates() {
        return request.getAttribute(CERTIFICATE) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    @Override
    public Session session() {
        return sources.sessions().of(request);
    }

    @Override
    public @Nullable Route route() {
        if (!routed) {
            route = sources.routes().of(request);
            routed = true;
        }
        return route;
    }

    @Override
    public Dispatch dispatch() {
        return dispatch;
    }

    @Override
    public boolean unannouncedIsEmpty() {
        return request.getProtocol().startsWith("HTTP/1") && request.getContentLengthLong() <= 0;
    }

    @Override
    public boolean isBare() {
        var protocol = request.getProtocol();
        // Tomcat has no word for it; what no word is given of at all is somebody's own container.
        return protocol != null && (protocol.isEmpty() || protocol.equals("HTTP/0.9"));
    }

    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    @Override
    public List<ContainerPart> parts(boolean bounded) throws IOException {
        return ContainerPart.all(request, bounded);
    }

    @Override
    public boolean givesParts() {
        return MultipartLimits.areTold(request);
    }
}
