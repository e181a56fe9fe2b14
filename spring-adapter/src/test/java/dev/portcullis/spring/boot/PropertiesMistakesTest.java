package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * The mistakes that are known of policy files, in an {@code application.properties}, and those that can be made there alone: each is
 * named by its key, with the line where it or what is around it stands, and with what to do.
 */
class PropertiesMistakesTest {

    private static final int AT_LEAST = 280;
    private static final String OPEN = "portcullis.policies.a.paths=/a\nportcullis.policies.a.public=true\n";

    /** What is no mistake in properties, cannot be written in them, or is named by a key below or above. */
    private static final Set<String> OTHERWISE = Set.of(
            "a key twice",
            "a policy twice",
            "a merge key",
            "an unknown key in camel case",
            "other trees beside portcullis",
            "one value where a list is expected",
            "public that is no switch",
            "a policy whose name is none",
            "a list where keys are expected",
            "a list where one value is expected",
            "keys where one value is expected",
            "optional credentials of nobody",
            "brute force without number",
            "a Redis at no address",
            // A part with nothing in it is written with its name alone.
            "an authorization that asks nothing",
            "no limits",
            "a body that asks nothing",
            "an exclusion of everything",
            "a signing key of which nothing is said",
            "introspection without a client",
            "a step-up that asks nothing");

    private static final String ROOTED = "portcullis.policies.a.paths";

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> areNamedByTheSameKeysWithPlaceAndHelp() throws IOException {
        return Mistake.table().stream()
                .filter(mistake -> !OTHERWISE.contains(mistake.name()))
                .map(mistake -> DynamicTest.dynamicTest(mistake.name(), () -> {
                    var said = said(flat(mistake.yaml()));
                    assertThat(said).extracting(Problem::key).containsAll(mistake.keys());
                    assertThat(said)
                            .filteredOn(problem -> !problem.key().endsWith("k_7"))
                            .allSatisfy(problem -> assertThat(problem.place()).contains("application.properties] - "));
                    assertThat(said)
                            .allSatisfy(problem -> assertThat(problem.help()).isNotEmpty());
                }));
    }

    @Test
    void areMany() throws IOException {
        assertThat(Mistake.table()).hasSizeGreaterThan(AT_LEAST);
        assertThat(Mistake.table()).extracting(Mistake::name).containsAll(OTHERWISE);
    }

    /** After the mistake: the key, the line, and what is said and advised. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            policies.a.ip.deny[1]=10.0.0.1 | policies.a.ip.deny | 3 | write `policies.a.ip.deny[0]`, `policies.a.ip.deny[1]` and so on without a gap
            policies.a.paths[1]=/c | policies.a.paths[1] | 3 | write all of them with numbers, or all in one line
            policies.a.path=/c | policies.a.path | 3 | did you mean `paths`?
            policies.b.paths="/b" | policies.b.paths[0] | 3 | pattern: `"/b"`
            policies.b.paths=[/b, /c] | policies.b.paths[0] | 3 | pattern: `[/b`
            policies.a.rate-limits.b={ permits: 1 } | policies.a.rate-limits.b | 3 | write keys below it, such as `policies.a.rate-limits.b.permits`
            policies.a.rate-limits.b.permits=10 # ten | policies.a.rate-limits.b.permits | 3 | `10 # ten` (expected: a whole number
            policies.a.rate-limits.b.permits=10 | policies.a.rate-limits.b.per | 3 | missing
            policies=all | policies | 3 | write keys below it, such as `policies.NAME`
            mode[0]=enforce | mode[0] | 3 | write a single value
            mode.a=enforce | mode.a | 3 | write a single value
            clients.my.client.api-keys=sha256:00 | clients.my.client | 3 | there is no such key
            issuers.main.audiences=api | issuers.main.issuer | 3 | missing
            forwarded.trusted=10.0.0.0/8,foo | forwarded.trusted[1] | 3 | range: `foo`
            environment=${UNSET_ONE} | environment | 3 | no value for `UNSET_ONE`
            policies.b.paths=/${UNSET_ONE} | policies.b.paths | 3 | or give a default: `${UNSET_ONE:...}`
            environment=${UNSET_ONE:${UNSET_TWO}} | environment | 3 | no value for `UNSET_TWO`
            """)
    void ofPropertiesAloneAreNamedToo(String line, String key, int at, String words) throws IOException {
        var said = said((line.startsWith("policies=") ? "\n\n" : OPEN) + "portcullis." + line + "\n");
        assertThat(said).anySatisfy(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.place()).contains("application.properties] - " + at + ":");
            assertThat(problem.message() + " " + problem.help()).contains(words);
        });
    }

    /** Spring leaves such a text as it stands, and whoever knows it could sign. */
    @Test
    void aVariableThatNothingSetsIsNoSecret() throws IOException {
        var hook = "portcullis.signatures.hook.preset=github\nportcullis.signatures.hook.keys.a.client=gh\n"
                + "portcullis.policies.a.paths=/a\nportcullis.policies.a.authenticate=signature:hook\n"
                + "portcullis.signatures.hook.keys.a.secret=";
        assertThat(said(hook + "${GITHUB_HOOK_SECRET}"))
                .extracting(Problem::key)
                .containsExactly("signatures.hook.keys.a.secret");
        assertThat(said(hook + "${GITHUB_HOOK_SECRET:a secret of sixteen}")).isEmpty();
        assertThat(said(hook + "prefix-of-the-s3cr3t-${GITHUB_HOOK_SECRET}"))
                .extracting(Problem::toString)
                .singleElement()
                .satisfies(
                        text -> assertThat(text).contains("GITHUB_HOOK_SECRET").doesNotContain("s3cr3t"));
    }

    /** Of a list that a profile has too, the file's items are not read at all. */
    @Test
    void anItemThatNobodyReadsMayBeAnything() throws IOException {
        var first = ROOTED + "[0]=/a\n";
        var text = first + ROOTED + "[1]=/${NOWHERE}\nportcullis.policies.a.public=true\n";
        var one = Map.<String, Object>of(ROOTED + "[0]", "/b");
        assertThat(said(text)).extracting(Problem::key).containsExactly("policies.a.paths[1]");
        assertThat(said(text, one)).isEmpty();
        assertThat(said(text + ROOTED + "=/c\n")).isNotEmpty();
        assertThat(said(text + ROOTED + "=/c\n", one)).isEmpty();
    }

    private String flat(String yaml) throws IOException {
        var file = Files.writeString(
                folder.resolve("application.yml"),
                yaml.startsWith("portcullis:") ? yaml : "portcullis:\n" + yaml.indent(2));
        var text = new StringBuilder();
        for (var source : new YamlPropertySourceLoader().load("file", new FileSystemResource(file))) {
            var listed = (EnumerablePropertySource<?>) source;
            for (var name : listed.getPropertyNames()) {
                var value = String.valueOf(listed.getProperty(name));
                text.append(escaped(name.replace(" ", "\\ ")))
                        .append('=')
                        .append(escaped(value.replace("\\", "\\\\").replaceFirst("^ ", "\\\\ ")));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return out.toString();
    }

    private List<Problem> said(String text) throws IOException {
        return said(text, Map.of());
    }

    /** What is said of a file beside values that go before those in it. */
    private List<Problem> said(String text, Map<String, Object> profile) throws IOException {
        var file = Files.writeString(folder.resolve("application.properties"), text);
        var sources = new ArrayList<PropertySource<?>>(List.of(new MapPropertySource("profile", profile)));
        sources.addAll(new PropertiesPropertySourceLoader().load("file", new FileSystemResource(file)));
        return Mistake.said(sources);
    }
}
