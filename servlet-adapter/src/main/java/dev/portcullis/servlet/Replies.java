package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.http.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Writes replies to a container's response. Never by {@code sendError}, which would hand them to the application. */
final class Replies {

    /** The field that tells the client the correlation id. */
    static final String REQUEST_ID = "X-Request-Id";

    private Replies() {}

    static void send(Outcome.Stop stop, String requestId, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            send(stop.reply(), stop.headers(), requestId, response);
        }
    }

    static void send(Reply reply, List<Header> headers, String requestId, HttpServletResponse response)
            throws IOException {
        response.reset();
        response.setStatus(reply.status());
        headers.forEach(header -> response.addHeader(header.name(), header.value()));
        reply.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        response.setHeader(REQUEST_ID, requestId);
        if (!reply.code().isEmpty()) {
            var body = Problem.render(reply, requestId);
            response.setContentType(Problem.MEDIA_TYPE);
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
