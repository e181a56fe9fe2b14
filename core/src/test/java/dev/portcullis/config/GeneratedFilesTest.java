package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the reference page and the JSON Schema against the records of the configuration. */
class GeneratedFilesTest {

    private static final String WRITE = "portcullis.write";
    private static final String COMMAND =
            "mvn -Pfast -pl core -am test -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dportcullis.write=true";
    private static final Path DOCS = Path.of("").toAbsolutePath().resolveSibling("docs");

    @Test
    void theReferencePageIsFresh() throws IOException {
        demandFresh("configuration.md", ReferencePage.text());
    }

    @Test
    void theSchemaIsFresh() throws IOException {
        demandFresh("portcullis.schema.json", FileSchema.text());
    }

    @Test
    void everyKeyIsDescribed() {
        assertThat(Keys.all()).hasSizeGreaterThan(60).allSatisfy(key -> {
            assertThat(key.description()).as(key.path()).endsWith(".").hasSizeGreaterThan(15);
            assertThat(key.path()).matches("[a-z.*\\[\\]-]+");
        });
        assertThat(Keys.all()).extracting(Keys.Entry::path).doesNotHaveDuplicates();
    }

    @Test
    void theSchemaAcceptsTheExampleAndDeniesMistakes() throws IOException {
        var schema = JsonMapper.builder().build().readTree(FileSchema.text());
        assertThat(FileSchema.accepts(schema, DesignExampleTest.YAML)).isTrue();
        assertThat(FileSchema.accepts(schema, "portcullis: { moed: enforce }")).isFalse();
        assertThat(FileSchema.accepts(schema, "portcullis: { mode: off }")).isFalse();
        assertThat(FileSchema.accepts(schema, "portcullis: { policies: { a: { paths: /a } } }"))
                .isFalse();
    }

    private static void demandFresh(String name, String text) throws IOException {
        var file = DOCS.resolve(name);
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(DOCS);
            Files.writeString(file, text);
        }
        assertThat(file).as("write it anew: " + COMMAND).isRegularFile().hasContent(text);
    }
}
