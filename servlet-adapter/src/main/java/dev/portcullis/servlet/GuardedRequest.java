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
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request that the application sees: with the caller, with the whole body, without headers that forge a caller. */
final class GuardedRequest extends HttpServletRequestWrapper {

    private static final String OURS = "dev.portcullis.";

    private final HttpServletRequest request;
    private final Exchange exchange;
    private final GuardedResponse response;
    private final SessionCare.Visit sessions;
    private final ShownForm form;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    GuardedRequest(
            HttpServletRequest request, Exchange exchange, GuardedResponse response, SessionCare.Visit sessions) {
        super(request);
        this.request = request;
        this.exchange = exchange;
        this.response = response;
        this.sessions = sessions;
        this.form = new ShownForm(request, exchange.view().body(), new Bytes());
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
            case PortcullisFilter.ADDRESS -> exchange.view().address().toString();
            case PortcullisFilter.SCHEME -> exchange.view().scheme();
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

    /** What follows the body can name a caller as well. */
    @Override
    public Map<String, String> getTrailerFields() {
        var fields = new HashMap<>(super.getTrailerFields());
        fields.keySet().removeIf(exchange::hides);
        return fields;
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
            if (body.takenApart()) {
                throw new IllegalStateException("a rule has asked for the parts of this body (ask for getParts() too)");
            }
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
        return form.parameters();
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        return form.parts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        return form.part(name);
    }

    /** What the form asks of the request that the application sees. */
    private final class Bytes implements ShownForm.Source {

        @Override
        public boolean areHandedOut() {
            return stream != null;
        }

        @Override
        public boolean areWatched() {
            return exchange.outcome().watch().asksReads();
        }

        @Override
        public ServletInputStream open() throws IOException {
            return stream();
        }

        @Override
        public void passed(long total) throws IOException {
            if (exchange.outcome().watch().reading(total) instanceof Verdict.Deny deny) {
                response.deny(deny.reply());
                throw new DeniedLater();
            }
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
