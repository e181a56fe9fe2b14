package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Lint.Finding;
import dev.portcullis.config.Lint.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every policy and every link of the pages against what there is. */
class PagesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]*`", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TOP = Pattern.compile("(?m)^([a-z-]+):");

    /** What a page cannot bring along: files of the operator's, and what only properties of an application may name. */
    private static final Pattern ABSENT = Pattern.compile(
            "cannot be read: no such file|: no such file$|no database of countries|nobody tells countries|a policy file that names a bundle");

    private static final String ISSUERS =
            "issuers: { main: { issuer: \"https://idp.example.com\", audiences: [a] } }\n";
    private static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    /** One policy as a page has it, made a whole file. */
    private record Shown(String place, String yaml) {

        @Override
        public String toString() {
            return place;
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            var pages = Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                    .map(ROOT::resolve);
            return Stream.concat(pages, docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    static List<Shown> policies() throws IOException {
        var all = new ArrayList<Shown>();
        for (var page : pages()) {
            var blocks = BLOCK.matcher(Files.readString(page)).results().toList();
            for (var i = 0; i < blocks.size(); i++) {
                all.add(new Shown(
                        page.getFileName() + " " + (i + 1), whole(blocks.get(i).group(1))));
            }
        }
        assertThat(all).hasSizeGreaterThan(40);
        return all;
    }

    /** A page shows properties of an application, a file, a part of a policy, or a part of a limit. */
    private static String whole(String shown) {
        var own = shown.indexOf("portcullis:\n");
        if (own >= 0) {
            return withIssuers(shown.substring(own + "portcullis:\n".length()).indent(-2));
        }
        var keys = TOP.matcher(shown).results().map(key -> key.group(1)).collect(Collectors.toSet());
        if (names("policies.*.rate-limits.*.").containsAll(keys)) {
            return whole("rate-limits:\n  shown:\n    permits: 100\n    per: 1m\n" + shown.indent(4));
        }
        return names("policies.*.").containsAll(keys)
                ? withIssuers(
                        "policies:\n  shown:\n    paths: [/shown/**]\n    authenticate: [jwt]\n" + shown.indent(4))
                : withIssuers(shown);
    }

    private static String withIssuers(String yaml) {
        var needed = yaml.contains("jwt") || yaml.contains("issuer: main");
        return needed && !yaml.contains("issuers:") ? ISSUERS + yaml : yaml;
    }

    private static Set<String> names(String parent) {
        return Keys.all().stream()
                .map(Keys.Entry::path)
                .filter(path -> path.startsWith(parent))
                .map(path -> path.substring(parent.length()).split("[.\\[]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static String variable(String name) {
        return name.equals("REDIS_URI") ? "redis://localhost" : SECRET;
    }

    /** Documents of the class path are there; files are the operator's. */
    private static InputStream open(String location) throws IOException {
        if (!location.startsWith("classpath:")) {
            throw new NoSuchFileException(location);
        }
        var text = location.contains("openapi")
                ? "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"shown\", \"version\": \"1\"}, \"paths\": {\"/shown\": {\"get\": {\"responses\": {}}}}}"
                : "{\"type\": \"object\", \"properties\": {\"amount\": {\"type\": \"number\"}}}";
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> errors(String yaml) {
        return Lint.of(PolicyFile.parse("shown.yml", yaml, PagesTest::variable), PagesTest::open).stream()
                .filter(finding -> finding.concern().severity() == Severity.ERROR)
                .map(Finding::problem)
                .filter(problem -> !ABSENT.matcher(problem.message()).find())
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyPolicyOnAPageStarts(Shown shown) {
        assertThat(errors(shown.yaml)).as(shown.yaml).isEmpty();
    }

    @Test
    void aPolicyThatDoesNotStartIsFoundOut() {
        assertThat(errors(whole("cors: { origins: [app.example.com] }"))).isNotEmpty();
        assertThat(errors(whole("charge-on: [9xx]"))).isNotEmpty();
        assertThat(errors(whole("portcullis:\n  policys: {}\n"))).isNotEmpty();
    }

    @Test
    void everyLinkLeadsToAPageAndAHeadingThatAreThere() throws IOException {
        var dead = new ArrayList<String>();
        var links = 0;
        for (var page : pages()) {
            for (var link : LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                    .results()
                    .toList()) {
                links++;
                if (!leads(page, link.group(1))) {
                    dead.add(page.getFileName() + ": " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(60);
    }

    @Test
    void aLinkThatLeadsNowhereIsFoundOut() throws IOException {
        var page = ROOT.resolve("README.md");

        assertThat(leads(page, "docs/none.md")).isFalse();
        assertThat(leads(page, "docs/addresses.md#none")).isFalse();
        assertThat(leads(page, "docs/addresses.md#the-callers-address")).isTrue();
    }

    private static boolean leads(Path page, String link) throws IOException {
        if (link.startsWith("https://")) {
            return true;
        }
        var parts = link.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (parts.length == 1 || !Files.exists(file)) {
            return Files.exists(file);
        }
        return HEADING.matcher(Files.readString(file))
                .results()
                .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1]));
    }

    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
    }
}
