package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Body.Content;
import dev.portcullis.Body.Parts;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MultipartTest {

    private static final MediaType TYPE = MediaType.parse("multipart/form-data; boundary=x");
    private static final String FIELD = "Content-Disposition: form-data; name=\"a\"";

    private static Multipart read(String body) {
        return Multipart.of(TYPE, body.getBytes(UTF_8));
    }

    private static String part(String head, String content) {
        return "--x\r\n" + head + "\r\n\r\n" + content + "\r\n";
    }

    @Test
    void takesFieldsAndFilesApart() throws IOException {
        var form = read(part(FIELD, "one") + part(FIELD, "")
                + part(
                        "content-disposition:form-data;name=f;filename=\"über.txt\"\r\nContent-Type: text/plain",
                        "--y\r\n\r\n--")
                + "--x--\r\n");

        assertThat(form.trouble()).isNull();
        assertThat(form.parts()).extracting(part -> part.name()).containsExactly("a", "a", "f");
        assertThat(form.parts()).extracting(part -> part.size()).containsExactly(3L, 0L, 9L);
        assertThat(form.parts().get(0).isFile()).isFalse();
        assertThat(form.parts().get(2).fileName()).isEqualTo("über.txt");
        assertThat(form.parts().get(2).contentType()).isEqualTo("text/plain");
        try (var in = form.parts().get(2).open()) {
            assertThat(in.readAllBytes()).isEqualTo("--y\r\n\r\n--".getBytes(UTF_8));
        }
    }

    @Test
    void aFormMayHaveNoParts() {
        assertThat(read("--x--\r\n")).isEqualTo(new Multipart(java.util.List.of(), null));
    }

    static Stream<Arguments> unclear() {
        return Stream.of(
                Arguments.of("something before", "\r\n" + part(FIELD, "1") + "--x--"),
                Arguments.of("something after", part(FIELD, "1") + "--x--\r\nmore"),
                Arguments.of("no end", part(FIELD, "1")),
                Arguments.of("no end of the last boundary", part(FIELD, "1") + "--x-"),
                Arguments.of("bare line feeds", part(FIELD, "1").replace("\r\n", "\n") + "--x--"),
                Arguments.of("blanks after a boundary", "--x \r\n" + FIELD + "\r\n\r\n1\r\n--x--"),
                Arguments.of("no disposition", part("Content-Type: text/plain", "1") + "--x--"),
                Arguments.of("two dispositions", part(FIELD + "\r\n" + FIELD, "1") + "--x--"),
                Arguments.of(
                        "two types",
                        part(FIELD + "\r\nContent-Type: text/plain\r\nContent-Type: text/html", "1") + "--x--"),
                Arguments.of("a folded line", part(FIELD + ";\r\n filename=\"f\"", "1") + "--x--"),
                Arguments.of("base64", part(FIELD + "\r\nContent-Transfer-Encoding: base64", "1") + "--x--"),
                Arguments.of("a name twice", part(FIELD + "; name=\"b\"", "1") + "--x--"),
                Arguments.of("a name in two cases", part(FIELD + "; NAME=\"b\"", "1") + "--x--"),
                Arguments.of("a file name twice", part(FIELD + "; filename=\"b\"; filename=\"c\"", "1") + "--x--"),
                Arguments.of("another extended name", part(FIELD + "; filename*=UTF-8''b", "1") + "--x--"),
                Arguments.of(
                        "two file names", part(FIELD + "; filename=\"b.png\"; filename*=UTF-8''b.jsp", "1") + "--x--"),
                Arguments.of("no name", part("Content-Disposition: form-data", "1") + "--x--"),
                Arguments.of("an extended field", part(FIELD + "; name*=UTF-8''b", "1") + "--x--"),
                Arguments.of("an attachment", part("Content-Disposition: attachment; name=\"a\"", "1") + "--x--"),
                Arguments.of("an escaped quote", part(FIELD + "; filename=\"a\\\"b\"", "1") + "--x--"),
                Arguments.of("an open quote", part(FIELD + "; filename=\"a", "1") + "--x--"),
                Arguments.of("text after a quote", part(FIELD + "x", "1") + "--x--"),
                Arguments.of("a control character", part(FIELD + "; filename=\"a\0b\"", "1") + "--x--"),
                Arguments.of("a long head", part(FIELD + "; b=" + "y".repeat(9000), "1") + "--x--"),
                Arguments.of("many lines", part(FIELD + "\r\nX: y".repeat(16), "1") + "--x--"),
                Arguments.of("many parts", part(FIELD, "1").repeat(1001) + "--x--"))
                .toList()
                .stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclear")
    void takesNothingFromWhatReadersReadInTwoWays(String what, String body) {
        assertThat(read(body).trouble()).as(what).isNotNull();
        assertThat(read(body).parts()).isEmpty();
    }

    @Test
    void anExtendedFileNameMaySayTheSame() {
        var form = read(part(FIELD + "; filename=\"ü.txt\"; filename*=utf-8''%C3%BC.txt", "1") + "--x--");

        assertThat(form.parts().get(0).fileName()).isEqualTo("ü.txt");
    }

    @Test
    void aFileNameThatWasTakenForIso8859IsReadAsMeant() {
        var sent = new String(
                "form-data; name=a; filename=\"ü\u202etxt.exe\"".getBytes(UTF_8),
                java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(Disposition.of(sent).fileName()).isEqualTo("ü\u202etxt.exe");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=a; boundary=b",
                "multipart/form-data; boundary=\"a \"",
                "multipart/form-data; boundary=\"a\u00e9\"",
                "multipart/mixed; boundary=x",
                "application/json"
            })
    void takesNoBodyApartWhoseTypeDoesNotSayHow(String type) {
        var body = RecordedWire.of("POST", "/")
                .with("Content-Type", type)
                .body("--x--")
                .view()
                .body();

        assertThat(body.parts(1000)).isInstanceOf(Parts.Denied.class);
    }

    /** Where another rule has begun to read, the container takes nothing apart any more, and its bounds hold nobody. */
    @Test
    void aBodyOfWhichOnlyTheBeginningWasReadIsBounded() {
        var body = RecordedWire.of("POST", "/")
                .with("Content-Type", "multipart/form-data; boundary=x")
                .with("Transfer-Encoding", "chunked")
                .body(new byte[(50 << 20) + 1])
                .view()
                .body();

        assertThat(body.content(10)).isInstanceOf(Content.Denied.class);
        assertThat(((Parts.Denied) body.parts(Long.MAX_VALUE)).deny().reply().status())
                .isEqualTo(413);
    }

    @Test
    void aBodyThatIsLongerThanTheBoundIsRefusedAndMayBeTakenApartByWhoeverTakesMore() {
        var text = part(FIELD, "1") + "--x--";
        var body = RecordedWire.of("POST", "/")
                .with("Content-Type", "multipart/form-data; boundary=x")
                .with("Transfer-Encoding", "chunked")
                .body(text)
                .view()
                .body();

        assertThat(body.isEmpty()).isFalse();
        assertThat(((Parts.Denied) body.parts(text.length() - 1L))
                        .deny()
                        .reply()
                        .status())
                .isEqualTo(413);
        assertThat(((Parts.Whole) body.parts(text.length())).all()).hasSize(1);
        assertThat(((Parts.Denied) body.parts(text.length() - 1L))
                        .deny()
                        .reply()
                        .status())
                .isEqualTo(413);
    }
}
