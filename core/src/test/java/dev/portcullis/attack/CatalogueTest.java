package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what the command line says of detectors against the comments of their files. */
class CatalogueTest {

    private static final String COMMAND =
            "mvn -Pfast -pl core -am test -Dtest=CatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -Dportcullis.write=true";
    private static final Path FILE =
            Path.of("src/main/resources/dev/portcullis/attack/detectors.txt").toAbsolutePath();
    private static final Pattern COMMENT =
            Pattern.compile("/\\*\\*(.*?)\\*/\\s*(?:@\\S+\\s*)*(?:public )?(?:final )?class", Pattern.DOTALL);

    @Test
    void everyDetectorIsThereAsItsFileSays() throws IOException {
        var text = text();
        if (Boolean.getBoolean("portcullis.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        }
        assertThat(FILE).as("write it anew: " + COMMAND).isRegularFile().hasContent(text);
    }

    @Test
    void theFileIsReadBackWhole() {
        var entries = Catalogue.entries();

        assertThat(entries).extracting(Catalogue.Entry::id).isEqualTo(Attacks.detectors());
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.looksFor()).as(entry.id()).isNotBlank();
            assertThat(entry.doesNot()).isNotBlank();
            assertThat(entry.caught()).isNotBlank();
            assertThat(entry.letThrough()).isNotBlank();
            assertThat(entry.level()).isIn(Level.LOW, Level.BALANCED);
        });
    }

    private static String text() throws IOException {
        var text = new StringBuilder();
        for (var detector : Detectors.ALL) {
            var name = detector.getClass().getSimpleName();
            var source = Files.readString(Path.of("src/main/java/dev/portcullis/attack", name + ".java"));
            var comment = comment(source);
            text.append("id: ").append(detector.id()).append('\n');
            text.append("looks for: ").append(part(comment, "Looks for:")).append('\n');
            text.append("does not: ")
                    .append(part(comment, "Does not look for:"))
                    .append('\n');
            text.append("caught: ").append(part(comment, "Caught:")).append('\n');
            text.append("let through: ").append(part(comment, "Let through:")).append("\n\n");
        }
        return text.toString();
    }

    private static String comment(String source) {
        var matcher = COMMENT.matcher(source);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replaceAll("\\s*\n \\* ?", "\n");
    }

    private static String part(String comment, String heading) {
        var from = comment.indexOf(heading);
        assertThat(from).as(heading).isPositive();
        var rest = comment.substring(from + heading.length());
        var end = rest.indexOf("\n<p>");
        var part = (end < 0 ? rest : rest.substring(0, end)).strip().replaceAll("\\s*\n\\s*", " ");
        var plain = withoutTags(part).replaceAll("</?code>", "");
        return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** The text with what stands in inline tags in their stead; braces within go in pairs. */
    private static String withoutTags(String text) {
        var from = text.indexOf("{@");
        if (from < 0) {
            return text;
        }
        var end = from;
        var depth = 0;
        do {
            depth += text.charAt(end) == '{' ? 1 : text.charAt(end) == '}' ? -1 : 0;
            end++;
        } while (depth > 0);
        var inner = text.substring(text.indexOf(' ', from) + 1, end - 1);
        return text.substring(0, from) + inner + withoutTags(text.substring(end));
    }
}
