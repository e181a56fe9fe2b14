package dev.portcullis.servlet;

import dev.portcullis.Verdict;
import dev.portcullis.auth.Sessions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The request that the application sees: with the caller, with the whole body, without headers that forge a caller. */
final class GuardedRequest extends HttpServletRequestWrapper {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedRequest.class);
    private static final String MULTIPART = "multipart/";
    private static final String OURS = "dev.portcullis.";

    /** How long a form may be, in bytes, that rules have begun to read: what containers allow. */
    private static final int MAX_FORM = 2 << 20;

    private final HttpServletRequest request;
    private final Exchange exchange;
    private final GuardedResponse response;
    private final SessionCare.Visit sessions;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    GuardedRequest(
            HttpServletRequest request, Exchange exchange, GuardedResponse response, SessionCare.Visit sessions) {
        super(request);
        this.request = request;
        this.exchange = exchange;
        this.response = response;
        this.sessions = sessions;
    }

    // the caller

    /** The caller as the gate knows him; whom a session remembers, the container itself shows as it does. */
    private @Nullable CallerPrincipal caller() {
        var known = exchange.caller();
        return known == null || known.proof().equals(Sessions.PROOF) ? null : new CallerPrincipal(known);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        var present = sessions.noted();
        return present == null && create ? super.getSession(true) : present;
    }

    @Override
    public HttpSession getSession() {
        var present = sessions.noted();
        return present == null ? super.getSession() : present;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        // Frameworks ask for dozens of attributes in each request, and hardly ever for these.
        if (!name.startsWith(OURS)) {
            return super.getAttribute(name);
        }
        return switch (name) {
            case PortcullisFilter.PRINCIPAL -> exchange.caller();
            case PortcullisFilter.REQUEST_ID -> exchange.view().id();
            case PortcullisFilter.NONCE -> exchange.nonce();
            default -> super.getAttribute(name);
        };
    }

    @Override
    public java.security.@Nullable Principal getUserPrincipal() {
        var caller = caller();
        return caller == null ? super.getUserPrincipal() : caller;
    }

    @Override
    public @Nullable String getRemoteUser() {
        var caller = caller();
        return caller == null ? super.getRemoteUser() : caller.getName();
    }

    @Override
    public @Nullable String getAuthType() {
        var caller = caller();
        return caller == null ? super.getAuthType() : caller.caller().proof();
    }

    @Override
    public boolean isUserInRole(String role) {
        var caller = caller();
        return caller == null
                ? super.isUserInRole(role)
                : caller.caller().roles().contains(role);
    }

    // headers

    @Override
    public @Nullable String getHeader(String name) {
        return exchange.hides(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return exchange.hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        var names = Collections.list(super.getHeaderNames());
        names.removeIf(exchange::hides);
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        return exchange.hides(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return exchange.hides(name) ? -1 : super.getDateHeader(name);
    }

    // the body

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (reader != null) {
            throw new IllegalStateException("getReader() was called for this request");
        }
        return stream();
    }

    private ServletInputStream stream() throws IOException {
        if (stream == null) {
            var body = exchange.view().body();
            var bytes = body.touched() ? new ReplayedStream(request, body) : super.getInputStream();
            stream = new BodyStream(bytes, new Denial());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            if (stream != null) {
                throw new IllegalStateException("getInputStream() was called for this request");
            }
            var named = getCharacterEncoding();
            var charset = named == null ? StandardCharsets.ISO_8859_1 : charset(named);
            reader = new BufferedReader(new InputStreamReader(stream(), charset));
        }
        return reader;
    }

    private static Charset charset(String name) throws UnsupportedEncodingException {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            var unsupported = new UnsupportedEncodingException(name);
            unsupported.initCause(e);
            throw unsupported;
        }
    }

    /** Ends the exchange when a watch denies what the application reads. */
    private final class Denial implements BodyStream.LaterDenial {

        @Override
        public Verdict reading(long total) {
            return exchange.outcome().watch().reading(total);
        }

        @Override
        public void deny(Verdict.Deny deny) throws IOException {
            response.deny(deny.reply());
        }
    }

    // parameters

    @Override
    public @Nullable String getParameter(String name) {
        var values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        var values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters != null) {
            return parameters;
        }
        if (stream != null || !isOurs() || !FormParameters.carriedBy(request)) {
            countPartsOfUndeclaredLength();
            return super.getParameterMap();
        }
        parameters = FormParameters.of(request, whole());
        return parameters;
    }

    /** Tells whether the container must not read the body, for a rule has, or rules shall see how long it becomes. */
    private boolean isOurs() {
        var body = exchange.view().body();
        return body.touched() || body.declaredLength() < 0;
    }

    /** All of the form; what no rule has read is read now, for the container no longer can. */
    private byte[] whole() {
        try {
            var bytes = stream().readNBytes(MAX_FORM + 1);
            if (bytes.length > MAX_FORM) {
                throw new IllegalStateException("form: longer than " + MAX_FORM + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        refuseLostParts();
        var parts = super.getParts();
        count(parts);
        return parts;
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        getParts();
        return super.getPart(name);
    }

    /** The container has read them past the watches, which are told now. */
    private void count(Collection<Part> parts) throws IOException {
        var total = parts.stream().mapToLong(Part::getSize).sum();
        if (exchange.view().body().declaredLength() < 0
                && exchange.outcome().watch().reading(total) instanceof Verdict.Deny deny) {
            response.deny(deny.reply());
            throw new DeniedLater();
        }
    }

    /** Containers take parameters from a multipart body too; where its length was not declared, watches hear of it first. */
    private void countPartsOfUndeclaredLength() {
        var type = request.getContentType();
        var body = exchange.view().body();
        if (type == null || !type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length())) {
            return;
        }
        if (stream != null || body.touched() || body.declaredLength() >= 0) {
            return;
        }
        try {
            count(super.getParts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException | IllegalStateException e) {
            LOG.debug("the container takes no parameters from this body", e);
        }
    }

    private void refuseLostParts() throws ServletException {
        if (exchange.view().body().touched()) {
            throw new ServletException(
                    "a rule has read this multipart body, so the container cannot (take the rule off the route)");
        }
    }

    // turns

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest shown, ServletResponse answer) {
        var context = super.startAsync(shown, answer);
        exchange.follow(context);
        return JudgedAsync.of(context, response);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return JudgedAsync.of(super.getAsyncContext(), response);
    }
}
