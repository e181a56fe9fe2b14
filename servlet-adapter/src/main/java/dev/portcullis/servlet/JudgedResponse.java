package dev.portcullis.servlet;

import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.http.HttpDate;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The response of an application whose head, and perhaps body, rules see before it is sent. */
final class JudgedResponse extends GuardedResponse {

    private final HttpServletResponse response;
    private final ResponseFields fields;
    private final Departure departure;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    JudgedResponse(HttpServletResponse response, Exchange exchange, Departure.Turn turn) {
        super(response, exchange);
        this.response = response;
        this.fields = new ResponseFields(response, exchange);
        if (isFresh()) {
            fields.given(exchange.outcome().headers());
        }
        this.departure = new Departure(this, fields, exchange, turn);
    }

    // the content

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = departure.through(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = departure.through(super.getWriter());
        }
        return writer;
    }

    /** Sends bytes that rules have let pass. */
    void onward(byte[] bytes) throws IOException {
        super.getOutputStream().write(bytes);
    }

    /** Sends characters that rules have let pass. */
    void onward(CharSequence characters) throws IOException {
        super.getWriter().append(characters);
    }

    /** Sends what has been let pass so far. */
    void onward() throws IOException {
        super.flushBuffer();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (departure.flushing()) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        departure.restart();
    }

    @Override
    public void reset() {
        if (!deniedLater()) {
            super.reset();
            fields.clear();
            stream = null;
            writer = null;
            departure.restart();
        }
    }

    @Override
    void finish() throws IOException {
        departure.finish();
    }

    @Override
    void escaped() throws IOException {
        departure.escaped();
    }

    @Override
    boolean lost() {
        return departure.lost();
    }

    @Override
    void stop(Outcome.Stop stop) throws IOException {
        departure.swallow();
        super.stop(stop);
    }

    @Override
    void replace(Reply reply) throws IOException {
        departure.swallow();
        super.replace(reply);
    }

    @Override
    boolean failed() throws IOException {
        var denied = departure.error(SC_INTERNAL_SERVER_ERROR);
        departure.swallow();
        return denied;
    }

    // what sends at once

    @Override
    public void sendError(int status) throws IOException {
        if (!deniedLater() && !departure.error(status)) {
            super.sendError(status);
            departure.told();
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (!deniedLater() && !departure.error(status)) {
            super.sendError(status, message);
            departure.told();
        }
    }

    @Override
    void redirect(String location) throws IOException {
        if (!departure.error(SC_FOUND)) {
            super.redirect(location);
            departure.told();
        }
    }

    // the head

    @Override
    public void setStatus(int status) {
        super.setStatus(status);
        departure.changed();
    }

    @Override
    void put(String name, @Nullable String value) {
        if (!response.isCommitted()) {
            fields.setOwn(name, value);
            departure.changed();
        }
    }

    @Override
    void append(String name, String value) {
        if (!response.isCommitted()) {
            fields.addOwn(name, value);
            departure.changed();
        }
    }

    @Override
    public void setContentType(@Nullable String type) {
        super.setContentType(type);
        departure.changed();
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, HttpDate.of(Instant.ofEpochMilli(date)));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, HttpDate.of(Instant.ofEpochMilli(date)));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, String.valueOf(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, String.valueOf(value));
    }

    @Override
    public void addCookie(Cookie cookie) {
        super.addCookie(cookie);
        departure.changed();
    }

    @Override
    public void setLocale(Locale locale) {
        super.setLocale(locale);
        departure.changed();
    }

    @Override
    public boolean containsHeader(String name) {
        return fields.hasOwn(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        var values = fields.own(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return fields.own(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return fields.ownNames();
    }
}
