package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.http.Problem;
import dev.portcullis.http.RequestId;
import dev.portcullis.http.WrittenHead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
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
        var guarded = exchange == null ? null : exchange.guarded();
        if (guarded != null) {
            guarded.deny(reply);
        } else if (!response.isCommitted()) {
            var id = RequestId.made();
            send(reply, lines(reply, List.of(), id), id, response);
        }
    }

    static void send(Outcome.Stop stop, Exchange exchange, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            send(stop.reply(), stop, exchange, response);
        }
    }

    /** Sends a reply, whose head the rules of an outcome see. */
    static void send(Reply reply, Outcome outcome, Exchange exchange, HttpServletResponse response) throws IOException {
        var id = exchange.view().id();
        var lines = lines(reply, outcome.headers(), id);
        if (!outcome.watch().asksHead()) {
            send(reply, lines, id, response);
            return;
        }
        response.reset();
        var containers = List.copyOf(response.getHeaderNames());
        containers.forEach(name -> lines.add(0, new Header(name, String.valueOf(response.getHeader(name)))));
        var head = WrittenHead.ofReply(reply.status(), exchange.nonce(), lines);
        outcome.watch().sending(exchange.view(), head);
        containers.stream().filter(name -> !head.has(name)).forEach(name -> ResponseFields.takeAway(response, name));
        for (var name : head.names()) {
            var values = head.headers(name);
            response.setHeader(name, values.get(0));
            values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        }
        write(reply, id, response);
    }

    private static List<Header> lines(Reply reply, List<Header> added, String id) {
        var lines = new ArrayList<>(added);
        lines.addAll(reply.headers());
        lines.add(new Header(RequestId.HEADER, id));
        if (!reply.code().isEmpty()) {
            lines.add(new Header("Content-Type", Problem.MEDIA_TYPE));
            lines.add(new Header("Cache-Control", "no-store"));
        }
        return lines;
    }

    private static void send(Reply reply, List<Header> lines, String id, HttpServletResponse response)
            throws IOException {
        response.reset();
        lines.forEach(header -> response.addHeader(header.name(), header.value()));
        write(reply, id, response);
    }

    private static void write(Reply reply, String id, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        if (!reply.code().isEmpty()) {
            var body = Problem.render(reply, id);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
