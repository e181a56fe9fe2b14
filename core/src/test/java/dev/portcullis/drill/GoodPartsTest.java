package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.drill.Aim.Meant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart forms as somebody writes them into a file, and what attacks make of them. */
class GoodPartsTest {

    private static final String FORM = """
            --x.Y
            Content-Disposition: form-data; name="title"

            two
            lines
            --x.Y
            Content-Disposition: form-data; filename="a.png"; name=photo
            Content-Type: image/png

            \u0089PNG\r\n\u001a\n--x.Yz
            --x.Y--
            """;

    private static GoodParts parsed(String text) {
        return requireNonNull(GoodParts.parse(text));
    }

    @Test
    void readsPartsWhoseLinesEndAsInFiles() {
        var form = parsed(FORM);
        assertThat(form.type()).isEqualTo("multipart/form-data; boundary=x.Y");
        assertThat(form.parts()).extracting(GoodParts.Part::name).containsExactly("title", "photo");
        assertThat(form.parts()).extracting(GoodParts.Part::isFile).containsExactly(false, true);
        assertThat(form.parts())
                .extracting(GoodParts.Part::content)
                .containsExactly("two\nlines", "\u0089PNG\r\n\u001a\n--x.Yz");
    }

    @Test
    void writesThemAsTheyAreSent() {
        var sent = parsed(FORM).text();
        assertThat(sent)
                .startsWith("--x.Y\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\ntwo\nlines\r\n--x.Y\r\n")
                .endsWith("\r\n--x.Y--\r\n");
        assertThat(parsed(sent)).isEqualTo(parsed(FORM));
        assertThat(Aim.parse("POST /a", FORM, Meant.UNKNOWN).body()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--",
                "--x",
                "--x\n",
                "--x\n--y--",
                "--x--\n",
                "-- comment in SQL\nselect 1",
                "a=b&c=d",
                "{\"a\":1}",
                "--x\n\na\n"
            })
    void whatIsNoFormIsLeftAlone(String text) {
        assertThat(GoodParts.parse(text)).isNull();
        assertThat(Aim.parse("POST /a", text, Meant.UNKNOWN).body()).isEqualTo(text);
    }

    @Test
    void attacksAreInFilesAndInFields() {
        var aim = Aim.parse("POST /a", FORM, Meant.UNKNOWN);
        var scene = new Scene(Target.of("http://127.0.0.1:1", Set.of()), aim, List.of(), "", 0);
        var sent = new UploadTricks()
                .against(scene).stream()
                        .collect(
                                Collectors.toMap(Shot::id, shot -> shot.attack().body()));
        assertThat(sent.keySet()).containsExactlyInAnyOrderElementsOf(new UploadTricks().ids());
        assertThat(sent.get("name-climb")).contains("form-data; filename=\"../../portcullis.txt\"; name=photo");
        assertThat(sent.get("name-climb-windows")).contains("filename=\"..\\..\\portcullis.txt\"");
        assertThat(sent.get("name-stream")).contains("filename=\"portcullis.jsp::$DATA\"");
        assertThat(sent.get("name-twice")).contains("filename=\"a.png\"; name=photo; filename=\"portcullis.jsp\"");
        assertThat(sent.get("type-page")).contains("Content-Type: text/html").doesNotContain("image/png");
        assertThat(sent.get("content-page")).contains("\r\n\r\n<html>").doesNotContain("PNG");
        assertThat(sent.get("cut")).doesNotContain("--x.Y--");
        assertThat(sent.values()).allMatch(body -> body.contains("two\nlines"));

        var sql = Corpus.bundled().tricks().get(0).against(scene);
        assertThat(sql).filteredOn(shot -> shot.where().equals("part title")).hasSizeGreaterThan(10);
        assertThat(sql.get(0).attack().body()).contains("\u0089PNG\r\n").contains("1' OR '1'='1");
    }

    @Test
    void textMayBeAnything() {
        var aim = Aim.parse("POST /a", FORM.replace("image/png", "text/plain"), Meant.UNKNOWN);
        var scene = new Scene(Target.of("http://127.0.0.1:1", Set.of()), aim, List.of(), "", 0);
        assertThat(new UploadTricks().against(scene))
                .noneMatch(shot -> shot.id().startsWith("content-"))
                .anyMatch(shot -> shot.id().equals("name-page"));
    }
}
