package dev.portcullis.benchmark;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/** A request as Tomcat hands it to filters, over and over again, without a connection. Not thread-safe. */
final class TomcatExchange {

    private final org.apache.coyote.Request read = new org.apache.coyote.Request();
    private final org.apache.coyote.Response written = new org.apache.coyote.Response();
    private final Request request;
    private final Response response;
    private final byte[] head;
    private final int[] marks;

    /** An exchange for the head of a GET request. */
    TomcatExchange(String text) {
        read.setResponse(written);
        written.setRequest(read);
        request = new Request(new Connector());
        request.setCoyoteRequest(read);
        response = new Response();
        response.setCoyoteResponse(written);
        request.setResponse(response);
        response.setRequest(request);
        head = text.getBytes(StandardCharsets.US_ASCII);
        var lines = text.split("\r\n");
        marks = new int[3 * (lines.length - 1)];
        var from = lines[0].length() + 2;
        for (var i = 1; i < lines.length; i++) {
            marks[3 * i - 3] = from;
            marks[3 * i - 2] = from + lines[i].indexOf(": ");
            marks[3 * i - 1] = from + lines[i].length();
            from += lines[i].length() + 2;
        }
    }

    /** Forgets the last request, and reads the next. */
    void begin() {
        request.recycle();
        response.recycle();
        read.recycle();
        written.recycle();
        read.remoteAddr().setString("127.0.0.1");
        read.scheme().setString("http");
        read.protocol().setString("HTTP/1.1");
        read.setMethod("GET");
        read.requestURI().setString("/api/orders");
        read.queryString().setString("page=2&sort=date&q=wrought+iron");
        for (var i = 0; i < marks.length; i += 3) {
            read.getMimeHeaders()
                    .addValue(head, marks[i], marks[i + 1] - marks[i])
                    .setBytes(head, marks[i + 1] + 2, marks[i + 2] - marks[i + 1] - 2);
        }
    }

    HttpServletRequest request() {
        return request.getRequest();
    }

    HttpServletResponse response() {
        return response.getResponse();
    }
}
