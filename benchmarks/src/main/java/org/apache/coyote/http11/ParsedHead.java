package org.apache.coyote.http11;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.coyote.Request;
import org.apache.tomcat.util.http.parser.HttpParser;

/** Tomcat's own reader of heads, over and over the same bytes, without a connection. Not thread-safe. */
public final class ParsedHead {

    private static final int ROOM = 8192;

    private final Request request = new Request();
    private final Http11InputBuffer buffer;
    private final ByteBuffer bytes = ByteBuffer.allocate(ROOM);
    private final byte[] head;

    /** A reader of this head, which ends in an empty line. */
    public ParsedHead(String text) {
        head = text.getBytes(StandardCharsets.ISO_8859_1);
        buffer = new Http11InputBuffer(request, ROOM, false, new HttpParser(null, null));
        request.setInputBuffer(buffer);
        try {
            var field = Http11InputBuffer.class.getDeclaredField("byteBuffer");
            field.setAccessible(true);
            field.set(buffer, bytes);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another Tomcat", e);
        }
    }

    /** Copies the bytes to where a connection would have put them, and reads line and fields. */
    public Request read() throws IOException {
        buffer.recycle();
        bytes.clear();
        bytes.put(head).flip();
        if (!buffer.parseRequestLine(false, 1000, 1000) || !buffer.parseHeaders()) {
            throw new IllegalStateException("no whole head");
        }
        return request;
    }

    /** Reads line and fields, and makes texts of all of them as applications that ask for all are given; how many characters they have. */
    public int texts() throws IOException {
        var read = read();
        var length = read.getMethod().length()
                + read.requestURI().toString().length()
                + read.queryString().toString().length()
                + read.protocol().toString().length();
        var fields = read.getMimeHeaders();
        for (var i = 0; i < fields.size(); i++) {
            length += fields.getName(i).toString().length()
                    + fields.getValue(i).toString().length();
        }
        return length;
    }
}
