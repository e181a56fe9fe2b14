package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Watch;
import dev.portcullis.http.RequestId;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The response that the application sees: it keeps the gate's headers, and hears no more once a rule has denied the request. */
final class GuardedResponse extends HttpServletResponseWrapper {

    private final HttpServletResponse response;
    private final Exchange exchange;
    private final @Nullable SentBytes counted;
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

    private void addHeaders() {
        var headers = exchange.outcome().headers();
        for (var i = 0; i < headers.size(); i++) {
            addOnce(headers.get(i));
        }
        response.setHeader(RequestId.HEADER, exchange.view().id());
    }

    /** An error page meets a response that may have the headers already. */
    private void addOnce(Header header) {
        if (!response.containsHeader(header.name())
                || !response.getHeaders(header.name()).contains(header.value())) {
            response.addHeader(header.name(), header.value());
        }
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
                return counted == null ? 0 : counted.total();
            }
        };
    }

    /** Sends the reply in place of whatever the application would say. */
    void deny(Reply reply) throws IOException {
        exchange.denyLater();
        if (!response.isCommitted()) {
            Replies.send(reply, exchange.outcome().headers(), exchange.view().id(), response);
            response.getOutputStream().close();
        }
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
