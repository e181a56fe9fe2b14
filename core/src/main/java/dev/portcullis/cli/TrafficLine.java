package dev.portcullis.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.http.RecordedWire;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of recorded traffic.
 *
 * <p>A line is a JSON object: {@code id}, {@code remote}, {@code method}, {@code target}, {@code headers} as pairs of name and value,
 * {@code body} or {@code bodyBase64}, and where they are known {@code at} (an ISO 8601 instant), {@code scheme}, {@code
 * certificate} (as PEM, with those that came with it) and {@code response} with its {@code status}, {@code headers} and {@code body} or {@code
 * bodyBase64}. Other members are ignored. A line of an access log in the common or the combined format is recorded traffic too, without
 * credentials and bodies.
 *
 * @param id the line's id; empty when it has none
 * @param wire the request
 * @param response what the application answered
 * @param at when the request came; null when that is not known
 */
public record TrafficLine(
        String id,
        RecordedWire wire,
        Response response,
        @Nullable Instant at) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * What the application answered. Immutable, but for the array, which is not to be changed.
     *
     * @param status the status; 0 when that is not known
     * @param headers the header lines in order
     * @param body the body
     */
    @SuppressWarnings("ArrayRecordComponent") // a recorded body is handed through, never compared
    public record Response(int status, List<Header> headers, byte[] body) {

        /** Copies the headers. */
        public Response {
            headers = List.copyOf(headers);
            requireNonNull(body, "body");
        }
    }

    /** The line is no recorded request. */
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final String id;

        Malformed(String id, String message) {
            super(message);
            this.id = id;
        }

        /** The line's id; empty when it has none that can be read. */
        public String id() {
            return id;
        }
    }

    /**
     * Reads a line.
     *
     * @throws Malformed when it is no recorded request
     */
    public static TrafficLine parse(String line) throws Malformed {
        if (AccessLogLine.isOne(line)) {
            return AccessLogLine.parse(line);
        }
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new Malformed("", "no JSON");
        }
        if (!node.isObject()) {
            throw new Malformed("", "no JSON object");
        }
        var id = node.path("id").asText("");
        try {
            return new TrafficLine(id, wire(node), response(node.path("response")), at(node));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Malformed(id, String.valueOf(e.getMessage()));
        }
    }

    private static RecordedWire wire(JsonNode node) {
        var wire = RecordedWire.of(text(node, "method"), originForm(text(node, "target")));
        if (node.hasNonNull("remote")) {
            wire = wire.from(remote(text(node, "remote")));
        }
        if (node.hasNonNull("scheme")) {
            wire = wire.over(scheme(text(node, "scheme")));
        }
        if (node.hasNonNull("certificate")) {
            wire = wire.showing(certificates(text(node, "certificate")));
        }
        for (var header : headers(node)) {
            wire = wire.with(header.name(), header.value());
        }
        return withBody(wire, body(node));
    }

    private static List<Header> headers(JsonNode node) {
        var headers = new ArrayList<Header>();
        for (var header : node.path("headers")) {
            if (header.size() != 2
                    || !header.path(0).isTextual()
                    || !header.path(1).isTextual()) {
                throw new IllegalArgumentException("headers: not a list of pairs of texts");
            }
            headers.add(
                    new Header(header.path(0).textValue(), bare(header.path(1).textValue())));
        }
        return headers;
    }

    /** The value of a field as a server hands it on: without the blanks and tabs around it (RFC 9112, section 5). */
    private static String bare(String value) {
        var begin = 0;
        var end = value.length();
        while (begin < end && isBlank(value.charAt(begin))) {
            begin++;
        }
        while (begin < end && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String scheme(String text) {
        if (!text.equals("http") && !text.equals("https")) {
            throw new IllegalArgumentException("scheme: neither `http` nor `https`");
        }
        return text;
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            var read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            return read.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate: no PEM", e);
        }
    }

    private static String remote(String text) {
        if (Address.parseOrNull(text) == null) {
            throw new IllegalArgumentException("remote: no address");
        }
        return text;
    }

    private static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException(name + ": missing (expected: a text)");
        }
        return node.path(name).textValue();
    }

    /**
     * The target as a server hands it on: without the scheme and the host of a request to a proxy (RFC 9112, section 3.2.2). One without a host, or that
     * names somebody before it, is none that a server hands on.
     */
    private static String originForm(String target) {
        if (!target.regionMatches(true, 0, "http://", 0, 7) && !target.regionMatches(true, 0, "https://", 0, 8)) {
            return target;
        }
        var from = target.indexOf("//") + 2;
        var end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        if (end == from || target.substring(from, end).indexOf('@') >= 0) {
            return target;
        }
        var rest = target.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static byte[] body(JsonNode node) {
        if (node.hasNonNull("bodyBase64")) {
            return Base64.getDecoder().decode(text(node, "bodyBase64"));
        }
        return node.hasNonNull("body") ? text(node, "body").getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    /** A body that no header announces is announced: recorders often leave out the length. */
    private static RecordedWire withBody(RecordedWire wire, byte[] body) {
        var announced = wire.headers().stream()
                .anyMatch(header -> header.named("Content-Length") || header.named("Transfer-Encoding"));
        var framed = announced || body.length == 0 ? wire : wire.with("Content-Length", String.valueOf(body.length));
        return framed.body(body);
    }

    private static Response response(JsonNode node) {
        return new Response(node.path("status").asInt(0), headers(node), body(node));
    }

    private static @Nullable Instant at(JsonNode node) {
        return node.hasNonNull("at") ? Instant.parse(text(node, "at")) : null;
    }
}
