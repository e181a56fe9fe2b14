package dev.portcullis.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Multipart forms that contracts speak of, taken apart by real containers. */
class MultipartContractTest {

    private static final String POLICIES = """
            policies:
              described:
                paths: [/described]
                public: true
                openapi:
                  document: '{"openapi": "3.0.3", "paths": {"/described": {"post": {"requestBody": {"required": true, "content": {
                    "multipart/form-data": {
                      "schema": {"type": "object", "required": ["meta", "file"], "properties": {
                        "meta": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}},
                        "copies": {"type": "integer", "maximum": 3},
                        "file": {"type": "array", "maxItems": 2, "items": {"type": "string", "format": "binary"}}}},
                      "encoding": {"file": {"contentType": "text/plain", "headers": {"X-Page": {"required": true, "schema": {"type": "integer"}}}}}}}}}}}}'
              filled:
                paths: [/filled]
                public: true
                form: { schema: '{"required": ["copies"], "properties": {"copies": {"type": "integer", "maximum": 3}}}' }
              unread:
                paths: [/no-parts]
                public: true
                form: { schema: '{"required": ["copies"], "properties": {"copies": {"type": "integer"}}}' }
            """;

    /** Answers with what is in the parts. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            var out = response.getWriter();
            out.print("copies=" + request.getParameter("copies"));
            for (var part : request.getParts()) {
                out.print(" " + part.getName() + "="
                        + new String(part.getInputStream().readAllBytes(), UTF_8));
            }
        }
    }

    private static String part(String names, String lines, String value) {
        return "--x\r\nContent-Disposition: form-data; " + names + "\r\n" + lines + "\r\n" + value + "\r\n";
    }

    private static String file(String lines) {
        return part("name=\"file\"; filename=\"a.txt\"", "Content-Type: text/plain\r\n" + lines, "of the file");
    }

    private static String meta(String json) {
        return part("name=\"meta\"", "Content-Type: application/json\r\n", json);
    }

    private static RawResponse send(Container container, String path, String... parts) throws IOException {
        var body = String.join("", parts) + "--x--\r\n";
        return RawHttp.to("127.0.0.1", container.port())
                .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                        + body.getBytes(UTF_8).length + "\r\n\r\n" + new String(body.getBytes(UTF_8), ISO_8859_1));
    }

    @ParameterizedTest
    @EnumSource
    void areHeldAgainstThemAndReachTheApplicationWhole(Container.Kind kind) throws Exception {
        try (var gate = Gate.builder(PolicyFile.parse("test", POLICIES, name -> null))
                        .build();
                var container = kind.start(
                        new PortcullisFilter(gate, Routes.UNKNOWN),
                        Map.of("/", new Echo(), Container.NO_PARTS, new Echo()))) {
            var copies = part("name=\"copies\"", "", "3");
            var whole = send(container, "/described", meta("{\"title\": \"a\"}"), copies, file("X-Page: 1\r\n"));
            assertThat(whole.text()).isEqualTo("copies=3 meta={\"title\": \"a\"} copies=3 file=of the file");
            assertThat(send(container, "/described", meta("{\"title\": 1}"), file("X-Page: 1\r\n"))
                            .text())
                    .contains("schema-violation", "/meta/title");
            assertThat(send(container, "/described", meta("{\"title\": \"a\"}"), file(""))
                            .text())
                    .contains("schema-violation", "/file/X-Page", "required");
            assertThat(send(
                                    container,
                                    "/described",
                                    meta("{\"title\": \"a\"}"),
                                    file("X-Page: 1\r\n").repeat(3))
                            .text())
                    .contains("schema-violation", "/file", "maxItems");
            assertThat(send(container, "/described", meta("{\"title\": \"a\"}")).text())
                    .contains("/file", "required");

            assertThat(send(container, "/filled", copies, file("")).text())
                    .isEqualTo("copies=3 copies=3 file=of the file");
            assertThat(send(container, "/filled", part("name=\"copies\"", "", "4"))
                            .text())
                    .contains("schema-violation", "/copies", "maximum");
            assertThat(send(container, "/no-parts", copies).status()).isEqualTo(503);
        }
    }
}
