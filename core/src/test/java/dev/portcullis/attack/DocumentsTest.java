package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Posts and code of several lines, which hold much that would be an attack as a value. */
class DocumentsTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/portcullis/attack/documents");

    private static final String PADDING = "A first line of prose, and more.\n".repeat(8);

    private final Inspection inspection = new Inspection(Level.BALANCED, Exclusions.NONE);

    static List<Path> documents() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreDocumentsOfManyKinds() throws IOException {
        assertThat(documents()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void letsDocumentsThrough(Path document) throws IOException {
        var text = Files.readString(document);

        assertThat(new Text(text).isDocument()).isTrue();
        assertThat(inspection.look(Place.JSON_VALUE, "content", text)).isNull();
        assertThat(inspection.look(Place.FORM_VALUE, "content", text.replace("\n", "\r\n")))
                .isNull();
    }

    @Test
    void deniesMarkupWhereverItStands() {
        assertThat(inspection.look(Place.JSON_VALUE, "content", PADDING + "<img src=x onerror=alert(1)>\n" + PADDING))
                .isNotNull();
        assertThat(inspection.look(Place.JSON_VALUE, "content", PADDING + "${jndi:ldap://203.0.113.7/a}\n" + PADDING))
                .isNotNull();
    }

    @Test
    void deniesWhatBreaksOutOfAStringBehindManyLines() {
        assertThat(inspection.look(
                        Place.FORM_VALUE, "content", PADDING + "' union select name, password from users -- "))
                .isNotNull();
    }

    @Test
    void lineEndsBetweenTokensMakeNoDocument() {
        var spread = "1'\n\n\nunion\n\nselect\n\n1,\n2,\n3\n\nfrom\n\nusers\n\n--\n";

        assertThat(new Text(spread).isDocument()).isFalse();
        assertThat(inspection.look(Place.FORM_VALUE, "q", spread)).isNotNull();
    }

    @Test
    void deniesACommandThatBeginsALineBehindASeparator() {
        assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + "; cat /etc/passwd\n" + PADDING))
                .isNotNull();
        assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + "$(whoami)\n" + PADDING))
                .isNotNull();
        assertThat(inspection.look(
                        Place.FORM_VALUE, "content", PADDING + "RUN make \\\n && rm -rf /var/tmp/x\n" + PADDING))
                .isNull();
    }

    @Test
    void aHintInSeveralSentencesIsNoneAtStrict() {
        var strict = new Inspection(Level.STRICT, Exclusions.NONE);
        var hint = "to write ${name} in the text";

        assertThat(strict.look(Place.FORM_VALUE, "content", "${name}")).isNotNull();
        assertThat(strict.look(Place.FORM_VALUE, "content", PADDING + hint)).isNull();
        assertThat(strict.look(
                        Place.FORM_VALUE, "content", "please tell all of them in the office that they have " + hint))
                .isNull();
    }

    @Test
    void codeWithoutLineEndsIsADocument() {
        var code = "function f(a){return a?{b:1}:null;}".repeat(20);

        assertThat(new Text(code).isDocument()).isTrue();
        assertThat(new Text("a".repeat(2_000) + ";{}").isDocument()).isFalse();
    }

    @Test
    void aQueryHoldsNoDocuments() {
        var statements = PADDING + "1; drop table users";

        assertThat(inspection.look(Place.FORM_VALUE, "content", statements)).isNull();
        assertThat(inspection.look(Place.QUERY_VALUE, "q", statements)).isNotNull();
    }
}
