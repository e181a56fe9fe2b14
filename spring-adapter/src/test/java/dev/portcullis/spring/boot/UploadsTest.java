package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Uploads behind the gate: the parts of a real container, as Spring hands them to handlers. */
class UploadsTest {

    private static final String POLICIES = """
            portcullis:
              policies:
                docs:
                  paths: [/docs]
                  public: true
                  form: { fields: [title] }
                  uploads: { extensions: [txt, pdf], max-file-size: 20KB }
                  attacks: { mode: enforce }
            """;

    @RestController
    static class Docs {

        @PostMapping("/docs")
        String take(@RequestParam MultipartFile file, @RequestParam String title) throws IOException {
            return title + " " + file.getOriginalFilename() + " " + file.getSize() + " " + file.getBytes().length;
        }
    }

    private static RawResponse upload(Booted application, String name, String content) throws IOException {
        var body = new String(
                ("--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nPrüfung\r\n"
                                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n--x--\r\n")
                        .getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        return application
                .http()
                .send("POST /docs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
    }

    @Test
    void handlersGetTheFilesThatPassed() throws Exception {
        try (var application = Booted.with(POLICIES, Docs.class)) {
            assertThat(upload(application, "über.txt", "y".repeat(10_000)).text())
                    .isEqualTo("Prüfung über.txt 10000 10000");
            assertThat(upload(application, "a.txt", "<html><script>").text()).contains("upload-denied", "content");
            assertThat(upload(application, "../a.txt", "y").text()).contains("upload-denied", "file-name");
            assertThat(upload(application, "a.exe", "y").text()).contains("upload-denied", "extension");
            assertThat(upload(application, "a.txt", "y".repeat(21_000)).status())
                    .isEqualTo(413);
            assertThat(upload(application, "a.txt", "y".repeat(2 << 20)).status())
                    .isEqualTo(413);
        }
    }

    private static final String ATTACKS = """
            portcullis:
              policies:
                docs:
                  paths: [/docs]
                  public: true
                  attacks: { mode: MODE }
            """;

    @Test
    void attacksInFieldsAndNamesAreFoundWithoutAWordAboutForms() throws Exception {
        try (var application = Booted.with(ATTACKS.replace("MODE", "enforce"), Docs.class)) {
            assertThat(upload(application, "a.txt", "y").text()).isEqualTo("Prüfung a.txt 1 1");
            assertThat(upload(application, "..%2f..%2fetc%2fpasswd", "y").status())
                    .isEqualTo(403);
            assertThat(upload(application, "a.txt", "y".repeat(2 << 20)).status())
                    .isEqualTo(413);
        }
    }

    @Test
    void whatIsOnlyObservedReachesHandlersAsEver() throws Exception {
        try (var application = Booted.with(ATTACKS.replace("MODE", "observe"), Docs.class)) {
            assertThat(upload(application, "a';select 1.txt", "y").text()).isEqualTo("Prüfung a';select 1.txt 1 1");
            assertThat(upload(application, "a.txt", "y".repeat(2 << 20)).status())
                    .isEqualTo(413);
        }
    }

    private static final String CONTRACT = """
            portcullis:
              policies:
                docs:
                  paths: [/docs]
                  public: true
                  openapi:
                    document: '{"openapi": "3.1.0", "paths": {"/docs": {"post": {"requestBody": {"content": {"multipart/form-data":
                      {"schema": {"type": "object", "required": ["title", "file"], "properties": {
                        "title": {"type": "string", "maxLength": 7}, "file": {"contentMediaType": "text/plain"}}}}}}}}}}'
            """;

    @Test
    void handlersGetTheFilesThatAContractDescribes() throws Exception {
        try (var application = Booted.with(CONTRACT, Docs.class)) {
            assertThat(upload(application, "über.txt", "y".repeat(10_000)).text())
                    .isEqualTo("Prüfung über.txt 10000 10000");
        }
        try (var application = Booted.with(CONTRACT.replace("7", "6").replace("text/", "image/"), Docs.class)) {
            assertThat(upload(application, "a.txt", "y").text()).contains("unsupported-media-type", "/file");
        }
        try (var application = Booted.with(CONTRACT.replace("7", "6"), Docs.class)) {
            assertThat(upload(application, "a.txt", "y").text()).contains("schema-violation", "/title");
        }
    }

    @Test
    void aGateThatAsksForFilesDoesNotStartWhereNobodyTakesThem() {
        assertThatThrownBy(() ->
                        Booted.with(POLICIES + "spring: { servlet: { multipart: { enabled: false } } }\n", Docs.class))
                .hasStackTraceContaining("no servlet takes multipart bodies");
    }
}
