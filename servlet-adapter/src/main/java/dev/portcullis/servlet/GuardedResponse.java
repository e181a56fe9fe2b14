package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.Watch;
import dev.portcullis.http.FieldText;
import dev.portcullis.http.RequestId;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The response that the application sees: it keeps the gate's headers, and hears no more once a rule has denied the request. */
sealed class GuardedResponse extends HttpServletResponseWrapper permits JudgedResponse {

    private final HttpServletResponse response;
    private final Exchange exchange;
    private final @Nullable SentBytes counted;
    private boolean fresh = true;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    GuardedResponse(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.response = response;
        this.exchange = exchange;
        this.counted = exchange.outcome().watch().asksBytes() ? new SentBytes() : null;
        addHeaders();
        exchange.answersBy(this);
    }

    /** The response of an exchange: one that rules see before it is sent, where one of them asks for that. */
    static GuardedResponse of(HttpServletResponse response, Exchange exchange, HttpServletRequest request) {
        return exchange.outcome().watch().asksHead()
                ? new JudgedResponse(response, exchange, new RequestTurn(request))
                : new GuardedResponse(response, exchange);
    }

    /** What of a request matters to its response. */
    private record RequestTurn(HttpServletRequest request) implements Departure.Turn {

        @Override
        public boolean bodiless() {
            return request.getMethod().equals("HEAD");
        }

        @Override
        public boolean streams() {
            return request.isAsyncStarted();
        }
    }

    private void addHeaders() {
        var headers = exchange.outcome().headers();
        for (var i = 0; i < headers.size(); i++) {
            addOnce(headers.get(i));
        }
        response.setHeader(RequestId.HEADER, exchange.view().id());
    }

    /** An error page meets a response that may have the headers already. */
    private void addOnce(Header header) {
        var present = response.containsHeader(header.name());
        fresh &= !present;
        if (!present || !response.getHeaders(header.name()).contains(header.value())) {
            response.addHeader(header.name(), header.value());
        }
    }

    /** Whether each of the gate's headers is the only line of its field so far, as in nearly all responses. */
    boolean isFresh() {
        return fresh;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (counted == null) {
            return super.getOutputStream();
        }
        if (stream == null) {
            stream = counted.of(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (counted == null) {
            return super.getWriter();
        }
        if (writer == null) {
            writer = counted.of(super.getWriter());
        }
        return writer;
    }

    /** What was sent with a status. */
    Watch.Sent sent(int status) {
        return new Watch.Sent() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public @Nullable String header(String name) {
                return response.getHeader(name);
            }

            @Override
            public long bytes() {
                var dropped = exchange.view().method().equals("HEAD"); // by the container
                return counted == null || dropped ? 0 : counted.total();
            }
        };
    }

    /** Sends the reply of another target's rules in place of whatever the application would say. */
    void stop(Outcome.Stop stop) throws IOException {
        exchange.denyLater();
        Replies.send(stop, exchange, response);
    }

    /** Denies the request: sends the reply in place of whatever the application would say. */
    final void deny(Reply reply) throws IOException {
        exchange.denyLater();
        replace(reply);
    }

    /** Sends the reply in place of whatever the application would say. */
    void replace(Reply reply) throws IOException {
        if (!response.isCommitted()) {
            Replies.send(reply, exchange.outcome(), exchange, response);
            response.getOutputStream().close();
        }
    }

    boolean deniedLater() {
        return exchange.deniedLater();
    }

    /** The application has said all that it will. */
    void finish() throws IOException {}

    /** The turn is over, and the application goes on without the gate. */
    void escaped() throws IOException {}

    /** Tells whether content was held back that was never sent. */
    boolean lost() {
        return false;
    }

    /** The application broke. True when a rule has denied what the container would say of it. */
    boolean failed() throws IOException {
        return false;
    }

    // header fields, which no value may leave

    void put(String name, @Nullable String value) {
        super.setHeader(name, value);
    }

    void append(String name, String value) {
        super.addHeader(name, value);
    }

    void redirect(String location) throws IOException {
        super.sendRedirect(location);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isName(name)) {
            put(name, value == null ? null : joined(name, value));
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isName(name) && value != null) {
            append(name, joined(name, value));
        }
    }

    @Override
    public void setContentType(@Nullable String type) {
        super.setContentType(type == null ? null : joined("Content-Type", type));
    }

    @Override
    public void addCookie(Cookie cookie) {
        super.addCookie(CookieText.splits(cookie) ? CookieText.joined(cookie, this::joined) : cookie);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (!exchange.deniedLater()) {
            redirect(joined("Location", location));
        }
    }

    // what Servlet 6.1 has besides; containers of 6.0 never call it

    /** As Servlet 6.1 has it. */
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    /** As Servlet 6.1 has it. */
    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    /** As Servlet 6.1 has it. */
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (exchange.deniedLater()) {
            return;
        }
        if (clearBuffer) {
            resetBuffer();
        }
        setStatus(status);
        setHeader("Location", location);
        flushBuffer();
    }

    @Override
    public void setTrailerFields(@Nullable Supplier<Map<String, String>> fields) {
        super.setTrailerFields(fields == null ? null : () -> ofOneLineEach(fields.get()));
    }

    /** What follows the content is asked for when all of that is sent. */
    private @Nullable Map<String, String> ofOneLineEach(@Nullable Map<String, String> fields) {
        if (fields == null) {
            return null;
        }
        var kept = new LinkedHashMap<String, String>();
        fields.forEach((name, value) -> {
            if (isName(name) && value != null) {
                kept.put(name, joined(name, value));
            }
        });
        return kept;
    }

    private boolean isName(String name) {
        if (!FieldText.splits(name)) {
            return true;
        }
        exchange.stopped("a name");
        return false;
    }

    private String joined(String name, String value) {
        if (!FieldText.splits(value)) {
            return value;
        }
        exchange.stopped(name);
        return FieldText.joined(value);
    }

    @Override
    public void reset() {
        if (!exchange.deniedLater()) {
            super.reset();
            addHeaders();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (!exchange.deniedLater()) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (!exchange.deniedLater()) {
            super.sendError(status, message);
        }
    }
}
