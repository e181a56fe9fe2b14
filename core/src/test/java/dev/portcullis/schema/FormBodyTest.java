package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;

class FormBodyTest {

    private static final String SCHEMA = """
            {"type": "object", "required": ["title"], "additionalProperties": false, "properties": {
              "title": {"type": "string", "minLength": 1, "maxLength": 10},
              "copies": {"type": "integer", "maximum": 5},
              "price": {"type": ["number", "null"]},
              "gift": {"type": "boolean"},
              "size": {"enum": ["s", "m"]},
              "tags": {"type": "array", "uniqueItems": true, "items": {"type": "integer"}},
              "address": {"type": "object", "required": ["city"]}}}
            """;

    private final FormBody check = FormBody.of(json(SCHEMA), 1000).withFiles(5000);

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String told(RecordedWire wire) {
        if (!(check.check(wire.view()) instanceof Verdict.Deny deny)) {
            return "pass";
        }
        var errors = deny.reply().errors().stream()
                .map(one -> " " + one.pointer() + " " + one.keyword())
                .toList();
        return deny.reply().status() + " " + deny.reply().code() + String.join(",", errors);
    }

    private String urlencoded(String body) {
        return told(form("/", body));
    }

    private static RecordedWire form(String target, String body) {
        return RecordedWire.of("POST", target)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    private String multipart(String... parts) {
        return told(RecordedWire.of("POST", "/")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .body(String.join("", parts) + "--b--\r\n"));
    }

    private static String part(String names, String value) {
        return "--b\r\nContent-Disposition: form-data; " + names + "\r\n\r\n" + value + "\r\n";
    }

    @Test
    void readsFieldsAsTheTypesOfTheSchemaHaveThem() {
        assertThat(urlencoded("title=a&copies=5&price=1.50&gift=true&size=s&tags=1&tags=2"))
                .isEqualTo("pass");
        assertThat(urlencoded("title=5&address=%7B%22city%22%3A%22Ulm%22%7D")).isEqualTo("pass");
        assertThat(urlencoded("title=a&copies=6")).isEqualTo("400 schema-violation /copies maximum");
        assertThat(urlencoded("title=a&copies=1.5")).isEqualTo("400 schema-violation /copies type");
        assertThat(urlencoded("title=a&gift=on")).isEqualTo("400 schema-violation /gift type");
        assertThat(urlencoded("title=a&size=xl")).isEqualTo("400 schema-violation /size enum");
        assertThat(urlencoded("title=a&tags=1&tags=1")).isEqualTo("400 schema-violation /tags uniqueItems");
        assertThat(urlencoded("title=a&tags=x")).isEqualTo("400 schema-violation /tags/0 type");
        assertThat(urlencoded("title=a&admin=1")).isEqualTo("400 schema-violation  additionalProperties");
        assertThat(urlencoded("copies=1")).isEqualTo("400 schema-violation /title required");
        assertThat(urlencoded("title=a&address=%7B%7D")).isEqualTo("400 schema-violation /address/city required");
        assertThat(urlencoded("title=a&title=b")).isEqualTo("400 schema-violation");
        assertThat(urlencoded("title=a&address=x")).isEqualTo("400 schema-violation");
    }

    @Test
    void takesWhatNobodyFilledInForAbsentWhereItIsNoText() {
        assertThat(urlencoded("title=a&copies=&price=&tags=")).isEqualTo("pass");
        assertThat(urlencoded("title=")).isEqualTo("400 schema-violation /title minLength");
        assertThat(urlencoded("title=a&size=")).isEqualTo("400 schema-violation /size enum");
    }

    @Test
    void holdsMultipartFieldsAgainstTheSameSchemaAndLeavesFilesToOthers() {
        var title = part("name=\"title\"", "a");
        assertThat(multipart(title, part("name=\"copies\"", "5"))).isEqualTo("pass");
        assertThat(multipart(title, part("name=\"copies\"", "6"))).isEqualTo("400 schema-violation /copies maximum");
        assertThat(multipart(title, part("name=\"copies\"", ""))).isEqualTo("pass");
        assertThat(multipart(title, part("name=\"admin\"", "6")))
                .isEqualTo("400 schema-violation  additionalProperties");
        assertThat(multipart(title, part("name=\"photo\"; filename=\"a.png\"", "x".repeat(2000))))
                .isEqualTo("pass");
        assertThat(multipart(title, part("name=\"photo\"; filename=\"a.png\"", "x".repeat(6000))))
                .isEqualTo("413 body-too-large");
        assertThat(multipart(title, part("name=\"tags\"", "1".repeat(2000)))).isEqualTo("413 body-too-large");
        assertThat(multipart(part("name=\"title\"; filename=\"a.png\"", "a")))
                .isEqualTo("400 schema-violation /title type");
    }

    @Test
    void demandsAFormFromMethodsThatSendOne() {
        assertThat(told(RecordedWire.of("POST", "/"))).isEqualTo("400 malformed-body");
        assertThat(told(RecordedWire.of("GET", "/"))).isEqualTo("pass");
        assertThat(told(RecordedWire.of("POST", "/")
                        .with("Content-Type", "application/json")
                        .body("{\"title\": \"a\"}")))
                .isEqualTo("415 unsupported-media-type");
        assertThat(told(RecordedWire.of("POST", "/").body("title=a"))).isEqualTo("415 unsupported-media-type");
        assertThat(told(RecordedWire.of("POST", "/")
                        .with("Content-Type", "application/x-www-form-urlencoded; charset=ibm037")
                        .body("title=a")))
                .isEqualTo("415 unsupported-media-type");
        var latin = RecordedWire.of("POST", "/")
                .with("Content-Type", "application/x-www-form-urlencoded; charset=ISO-8859-1");
        assertThat(told(latin.body("title=a"))).isEqualTo("pass");
        assertThat(told(latin.body("title=%C3%A4"))).isEqualTo("415 unsupported-media-type");
        assertThat(told(form("/", "title=a").with("Content-Encoding", "gzip"))).isEqualTo("415 unsupported-media-type");
    }

    @Test
    void deniesFieldsThatComeInTheQuery() {
        assertThat(told(form("/?copies=9", "title=a"))).isEqualTo("400 schema-violation /copies unknown");
        assertThat(told(form("/?x=9", "title=a"))).isEqualTo("pass");
        assertThat(urlencoded("title=a&_charset_=utf-7")).isEqualTo("400 schema-violation /* unknown");
    }

    @Test
    void provesFieldsThatCanDoNoHarm() {
        assertThat(check.check(form("/", "title=a").view())).isInstanceOfSatisfying(Verdict.Pass.class, pass -> {
            assertThat(pass.proven().covers(Where.FORM, "copies")).isTrue();
            assertThat(pass.proven().covers(Where.FORM, "tags")).isTrue();
            assertThat(pass.proven().covers(Where.FORM, "title")).isFalse();
        });
    }

    @Test
    void refusesWhatIsNoSchema() {
        assertThatThrownBy(() -> FormBody.of(json("true"), 1)).hasMessageContaining("expected: an object");
        assertThatThrownBy(() -> FormBody.of(json("{\"type\": \"strin\"}"), 1)).hasMessageContaining("type");
        assertThatThrownBy(() -> FormBody.of(json("{}"), 0)).hasMessageContaining("maxFields: 0");
    }
}
