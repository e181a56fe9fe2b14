package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.http.RecordedWire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files and fields may come, by the policy's words. */
class UploadsTest {

    private static final String POLICIES = """
            policies:
              any: { paths: [/any], public: true, uploads: { max-size: 200KB, max-files: 3, max-file-size: 100KB } }
              listed:
                paths: [/listed]
                public: true
                uploads: { fields: [doc], extensions: [pdf, SVG, txt, docx], media-types: [application/*, text/plain, image/svg+xml], content: verify }
              loose: { paths: [/loose], public: true, uploads: { content: ignore, double-extensions: allow } }
              form: { paths: [/form], public: true, form: { max-fields: 2, max-field-size: 5B, fields: [a, b] } }
            """;
    private static final String PNG = "89504e470d0a1a0a0000000d4948445200";

    private static byte[] png() {
        return HexFormat.of().parseHex(PNG);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RecordedWire form(String path, byte[]... parts) {
        var body = new ByteArrayOutputStream();
        for (var part : parts) {
            body.writeBytes(text("--x\r\n"));
            body.writeBytes(part);
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--x--\r\n"));
        return with("POST", path)
                .with("Content-Type", "multipart/form-data; boundary=x")
                .with("Content-Length", String.valueOf(body.size()))
                .body(body.toByteArray());
    }

    private static byte[] file(String name, String type, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(text("Content-Disposition: form-data; name=\"doc\"; filename=\"" + name + "\"\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n"));
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] field(String name, String value) {
        return text("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value);
    }

    static Stream<byte[][]> good() {
        return Stream.of(
                new byte[][] {file("a.png", "image/png", png())},
                new byte[][] {file("Übersicht 2024 (final).v1.2.pdf", "application/pdf", text("%PDF-1.7\n..."))},
                new byte[][] {
                    file("backup.tar.gz", "application/gzip", HexFormat.of().parseHex("1f8b0800"))
                },
                new byte[][] {file("table.csv", "application/vnd.ms-excel", text("a;b\n1;2\n"))},
                new byte[][] {file("report.docx", "application/octet-stream", text("PK\3\4...\0"))},
                new byte[][] {file("data", "application/octet-stream", new byte[] {0, 1, 2, 3})},
                new byte[][] {file("readme.md", "", text("# Title\n\n<b>bold</b>"))},
                new byte[][] {file("", "application/octet-stream", new byte[0]), field("title", "anything at all")},
                new byte[][] {field("title", "x")});
    }

    @ParameterizedTest
    @MethodSource("good")
    void filesPassThatAreWhatTheySay(byte[][] parts) {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, form("/any", parts))).isEqualTo("proceed");
        }
    }

    static Stream<byte[][]> bad() {
        return Stream.of(
                new byte[][] {file("a.png", "image/png", text("<html><script>alert(1)</script>"))},
                new byte[][] {file("a.png", "text/html", png())},
                new byte[][] {file("a.png", "", text("GIF89a"))},
                new byte[][] {file("a.gif", "image/gif", text("GIF89a/*<svg onload=alert(1)>*/"))},
                new byte[][] {file("a.gif", "image/gif", text("GIF89a\0\0PK\5\6"))},
                new byte[][] {file("a.pdf", "application/pdf", text("%PDF-1.7\n PK\5\6"))},
                new byte[][] {file("a.txt", "text/plain", text("\n <!doctype HTML><script>1</script>"))},
                new byte[][] {file("a.txt", "text/plain", text("\ufeff<svg xmlns='x'/>"))},
                new byte[][] {file("a.txt", "text/plain", text("#!/bin/sh\nid"))},
                new byte[][] {file("a.txt", "text/plain", new byte[] {(byte) 0xff, (byte) 0xfe, '<', 0, 's', 0})},
                new byte[][] {file("a.jpg", "image/jpeg", text("<?php system($_GET[0]);"))},
                new byte[][] {file("data", "application/octet-stream", text("<html><body>"))},
                new byte[][] {file("data", "application/octet-stream", text("MZ\0\0"))},
                new byte[][] {file("a.html", "text/html", text("<html>"))},
                new byte[][] {file("a.svg", "image/svg+xml", text("<svg/>"))},
                new byte[][] {file("a.jsp", "", text("x"))},
                new byte[][] {file("a.php.png", "image/png", png())},
                new byte[][] {file("a.asp;.png", "image/png", png())},
                new byte[][] {file("a.png", "not a type", png())},
                new byte[][] {file("", "image/png", png())});
    }

    @ParameterizedTest
    @MethodSource("bad")
    void filesAreDeniedThatAreSomethingElse(byte[][] parts) {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, form("/any", parts)))
                    .isIn("any.uploads 400 upload-denied", "any.uploads 415 unsupported-media-type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.txt",
                "a/b.txt",
                "a\\\\b.txt",
                "C:a.txt",
                ".htaccess",
                "a.txt.",
                "a.txt ",
                " a.txt",
                "a\u202etxt.exe",
                "a\u200b.txt",
                "a\u2028.txt",
                "a\u0085.txt",
                "%2e%2e%2fa.txt",
                "a%00.txt",
                "nul.txt",
                "COM1",
                "a\uff0fb.txt",
                "..\uff0fa.txt",
                "a.txt::$DATA",
                "a*.txt",
                "a\uff0etxt",
                "a\ue000.txt",
            })
    void namesAreDeniedThatAreTricks(String name) {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, form("/any", file(name, "text/plain", text("x")))))
                    .isIn("any.uploads 400 upload-denied", "any.uploads 400 malformed-body");
        }
    }

    @Test
    void amountsAreBounded() {
        try (var gate = gate(POLICIES)) {
            var large = file("a.txt", "text/plain", text("x".repeat(100 * 1024 + 1)));
            var half = file("a.txt", "text/plain", text("x".repeat(90 * 1024)));
            var small = file("a.txt", "text/plain", text("x"));

            assertThat(outcome(gate, form("/any", large))).isEqualTo("any.uploads 413 body-too-large");
            assertThat(outcome(gate, form("/any", half, half))).isEqualTo("proceed");
            assertThat(outcome(gate, form("/any", half, half, half))).isEqualTo("any.uploads 413 body-too-large");
            assertThat(outcome(gate, form("/any", small, small, small))).isEqualTo("proceed");
            assertThat(outcome(gate, form("/any", small, small, small, small)))
                    .isEqualTo("any.uploads 400 upload-denied");
            assertThat(outcome(gate, form("/any", file("a".repeat(252) + ".txt", "text/plain", text("x")))))
                    .isEqualTo("any.uploads 400 upload-denied");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.pdf  | application/pdf | %PDF-1.4 | proceed
            a.PDF  | application/pdf | %PDF-1.4 | proceed
            a.pdf  | image/png       | %PDF-1.4 | listed.uploads 415 unsupported-media-type
            a.png  | application/pdf | %PDF-1.4 | listed.uploads 400 upload-denied
            a      | application/pdf | %PDF-1.4 | listed.uploads 400 upload-denied
            a.svg  | image/svg+xml   | <svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/><text>salon=1</text></svg> | proceed
            a.svg  | image/svg+xml   | <?xml version="1.0"?><svg><script>1</script></svg>  | listed.uploads 400 upload-denied
            a.svg  | image/svg+xml   | <svg onload = "1"/>  | listed.uploads 400 upload-denied
            a.svg  | image/svg+xml   | <svg><a href="&#106;avascript:1"/></svg>  | listed.uploads 400 upload-denied
            a.svg  | image/svg+xml   | <svg><a href="java&#x0A;script:1"/></svg>  | listed.uploads 400 upload-denied
            a.svg  | image/svg+xml   | <!DOCTYPE svg [<!ENTITY a "b">]><svg/>  | listed.uploads 400 upload-denied
            a.svg  | image/svg+xml   | <html><svg/></html>  | listed.uploads 400 upload-denied
            """)
    void onlyWhatIsListedPasses(String name, String type, String content, String outcome) {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, form("/listed", file(name, type, text(content)))))
                    .isEqualTo(outcome);
        }
    }

    @Test
    void onlyListedFieldsHoldFiles() {
        try (var gate = gate(POLICIES)) {
            var other = new String(file("a.txt", "text/plain", text("x")), StandardCharsets.UTF_8)
                    .replace("\"doc\"", "\"avatar\"");

            assertThat(outcome(gate, form("/listed", text(other)))).isEqualTo("listed.uploads 400 upload-denied");
            assertThat(outcome(gate, form("/loose", text(other)))).isEqualTo("proceed");
        }
    }

    @Test
    void contentAndInnerEndingsCanBeLeftAlone() {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, form("/loose", file("a.php.png", "image/png", text("x")))))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void anotherBodyIsLeftAloneAndAnotherMultipartTypeIsNot() {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, Gates.json("/any", "{}"))).isEqualTo("proceed");
            var mixed = with("POST", "/any")
                    .with("Content-Type", "multipart/mixed; boundary=x")
                    .with("Content-Length", "5")
                    .body("--x--");
            assertThat(outcome(gate, mixed)).isEqualTo("any.uploads 415 unsupported-media-type");
            for (var type : List.of("text/plain, multipart/form-data; boundary=x", "multipart", " /")) {
                var unreadable = with("POST", "/any")
                        .with("Content-Type", type)
                        .with("Content-Length", "5")
                        .body("--x--");
                assertThat(outcome(gate, unreadable)).as(type).isEqualTo("any.uploads 415 unsupported-media-type");
            }
        }
    }

    private static String fields(String body) {
        try (var gate = gate(POLICIES)) {
            return outcome(
                    gate,
                    with("POST", "/form")
                            .with("Content-Type", "application/x-www-form-urlencoded")
                            .with("Content-Length", String.valueOf(body.length()))
                            .body(body));
        }
    }

    @Test
    void fieldsAreBoundedAndNamedInBothKindsOfForms() {
        var invalid = "form.form 400 invalid-parameter";
        var large = "form.form 413 body-too-large";
        assertThat(fields("a=12345&b=")).isEqualTo("proceed");
        assertThat(fields("a=1&a=2&b=3")).isEqualTo(invalid);
        assertThat(fields("a=123456")).isEqualTo(large);
        assertThat(fields("a=%c3%a9%c3%a91")).isEqualTo("proceed");
        assertThat(fields("a=%c3%a9%c3%a9%c3%a9")).isEqualTo(large);
        assertThat(fields("a=%e2%82%ac%e2%82%ac")).isEqualTo(large);
        assertThat(fields("a=%f0%9f%98%801")).isEqualTo("proceed");
        assertThat(fields("a=%f0%9f%98%8012")).isEqualTo(large);
        assertThat(fields("c=1")).isEqualTo(invalid);
        assertThat(fields("_method=PUT")).isEqualTo(invalid);
        assertThat(fields("a=%zz")).isEqualTo("form.form 400 malformed-body");
        assertThat(fields("a=%ff")).isEqualTo("form.form 400 malformed-body");
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, form("/form", field("a", "12345"), field("b", ""))))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, form("/form", field("a", "1"), field("a", "2"), field("b", "3"))))
                    .isEqualTo(invalid);
            assertThat(outcome(gate, form("/form", field("a", "123456")))).isEqualTo(large);
            assertThat(outcome(gate, form("/form", field("_charset_", "utf7")))).isEqualTo(invalid);
            assertThat(outcome(gate, form("/form", field("a", "1"), file("a.html", "", text("<html>")))))
                    .isEqualTo("proceed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uploads: { max-size: 0 }              | uploads.max-size
            uploads: { max-files: none }          | uploads.max-files
            uploads: { extensions: [.pdf] }       | uploads.extensions[0]
            uploads: { extensions: [] }           | uploads.extensions
            uploads: { media-types: ['*/*'] }     | uploads.media-types[0]
            uploads: { media-types: [png] }       | uploads.media-types[0]
            uploads: { content: maybe }           | uploads.content
            uploads: { mode: off }                | uploads.mode
            uploads: { max-parts: 3 }             | uploads.max-parts
            form: { max-fields: 201 }             | form.max-fields
            form: { max-field-size: 1 PB }        | form.max-field-size
            cross-site: { origins: ['*'] }        | cross-site.origins[0]
            cross-site: { same-site: maybe }      | cross-site.same-site
            cross-site: { exempt: [embed] }       | cross-site.exempt[0]
            """)
    void mistakesStopTheStart(String part, String key) {
        assertThatThrownBy(() -> gate("policies: { p: { paths: [/p], public: true, " + part + " } }"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::key)
                                .anyMatch(found -> found.endsWith("policies.p." + key)));
    }
}
