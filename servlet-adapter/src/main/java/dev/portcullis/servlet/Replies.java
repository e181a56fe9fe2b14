package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.http.Problem;
import dev.portcullis.http.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Writes replies to a container's response. Never by {@code sendError}, which would hand them to the application. Stateless. */
public final class Replies {

    private Replies() {}

    /**
     * Denies a request that the filter has let through or has not seen. A response that is under way is left alone.
     *
     * @throws IOException when the connection breaks
     */
    public static void deny(Reply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = Exchange.of(request);
        if (exchange != null) {
            exchange.denyLater();
        }
        if (!response.isCommitted()) {
            var headers =
                    exchange == null ? List.<Header>of() : exchange.outcome().headers();
            send(
                    reply,
                    headers,
                    exchange == null ? RequestId.made() : exchange.view().id(),
                    response);
        }
    }

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
        response.setHeader(RequestId.HEADER, requestId);
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
