package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.http.RequestId;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** The response that the application sees: it keeps the gate's headers, and hears no more once a rule has denied the request. */
final class GuardedResponse extends HttpServletResponseWrapper {

    private final HttpServletResponse response;
    private final Exchange exchange;

    GuardedResponse(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.response = response;
        this.exchange = exchange;
        addHeaders();
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
        if (!response.getHeaders(header.name()).contains(header.value())) {
            response.addHeader(header.name(), header.value());
        }
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
