package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart forms that an OpenAPI document describes. */
class MultipartContractTest {

    private static final String DOCUMENT = """
            {"openapi": "3.0.3", "components": {
               "headers": {"Trace": {"required": true, "schema": {"type": "string", "pattern": "^[a-f0-9]{4}$"}}},
               "schemas": {
                 "Address": {"type": "object", "required": ["city"], "additionalProperties": false,
                   "properties": {"city": {"type": "string"}, "zip": {"type": "string", "pattern": "^[0-9]{5}$"}}},
                 "Profile": {"type": "object", "required": ["id", "avatar"], "properties": {
                   "id": {"type": "string", "format": "uuid"},
                   "age": {"type": "integer", "minimum": 18},
                   "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
                   "address": {"$ref": "#/components/schemas/Address"},
                   "friends": {"type": "array", "items": {"$ref": "#/components/schemas/Address"}},
                   "avatar": {"type": "string", "format": "binary", "maxLength": 10},
                   "pages": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "string", "format": "binary"}},
                   "notes": {"type": "string", "maxLength": 20},
                   "feed": {"type": "object"},
                   "id2": {"type": "string", "readOnly": true}}}}},
             "paths": {"/profiles": {"post": {
               "parameters": [{"name": "dry", "in": "query", "schema": {"type": "boolean"}}],
               "requestBody": {"required": true, "content": {"multipart/form-data": {
               "schema": {"$ref": "#/components/schemas/Profile"},
               "encoding": {
                 "avatar": {"contentType": "image/png, image/jpeg", "headers": {"X-Trace": {"$ref": "#/components/headers/Trace"}}},
                 "notes": {"contentType": "text/markdown"},
                 "feed": {"contentType": "application/xml"}}}}}}}}}
            """;

    private static final String ID = field("id", "0191b0a0-7c00-7000-8000-000000000000");
    private static final String AVATAR = avatar("image/png", "X-Trace: 0a1b\r\n", "\u0089PNG");

    private final OpenApi check = OpenApi.builder(json(DOCUMENT)).build();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String field(String name, String value) {
        return part("name=\"" + name + "\"", "", value);
    }

    private static String typed(String name, String type, String value) {
        return part("name=\"" + name + "\"", "Content-Type: " + type + "\r\n", value);
    }

    private static String file(String name, String type, String value) {
        return part("name=\"" + name + "\"; filename=\"f\"", "Content-Type: " + type + "\r\n", value);
    }

    private static String avatar(String type, String more, String value) {
        return part("name=\"avatar\"; filename=\"a.png\"", "Content-Type: " + type + "\r\n" + more, value);
    }

    private static String part(String names, String lines, String value) {
        return "--b\r\nContent-Disposition: form-data; " + names + "\r\n" + lines + "\r\n" + value + "\r\n";
    }

    private static RecordedWire post(String... parts) {
        return RecordedWire.of("POST", "/profiles")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .body(String.join("", parts) + "--b--\r\n");
    }

    private String told(String... parts) {
        return told(check, post(parts));
    }

    private static String told(OpenApi check, RecordedWire wire) {
        if (!(check.check(wire.view()) instanceof Verdict.Deny deny)) {
            return "pass";
        }
        var errors = deny.reply().errors().stream()
                .map(one -> " " + one.pointer() + " " + one.keyword())
                .toList();
        return deny.reply().status() + " " + deny.reply().code() + String.join(",", errors);
    }

    @Test
    void passesPartsThatAreAsDescribed() {
        assertThat(told(ID, AVATAR)).isEqualTo("pass");
        assertThat(told(
                        ID,
                        AVATAR,
                        field("age", "18"),
                        field("tags", "a"),
                        typed("tags", "text/plain; charset=UTF-8", "b"),
                        typed("address", "application/json", "{\"city\": \"Ulm\", \"zip\": \"89073\"}"),
                        field("friends", "{\"city\": \"Ulm\"}"),
                        file("friends", "application/vnd.address+json", "{\"city\": \"Bonn\"}"),
                        typed("notes", "text/markdown", "# hi"),
                        typed("feed", "application/xml", "<a/>"),
                        file("pages", "text/plain", "1"),
                        file("pages", "image/gif", "2"),
                        field("more", "of which nobody speaks")))
                .isEqualTo("pass");
    }

    @Test
    void deniesPartsThatAreNot() {
        assertThat(told(AVATAR)).isEqualTo("400 schema-violation /id required");
        assertThat(told(ID)).isEqualTo("400 schema-violation /avatar required");
        assertThat(told(ID, AVATAR, field("age", "17"))).isEqualTo("400 schema-violation /age minimum");
        assertThat(told(ID, AVATAR, field("age", "x"))).isEqualTo("400 schema-violation /age type");
        assertThat(told(ID, AVATAR, field("tags", "a"), field("tags", "b"), field("tags", "c")))
                .isEqualTo("400 schema-violation /tags maxItems");
        assertThat(told(ID, ID, AVATAR)).isEqualTo("400 schema-violation /id maxItems");
        assertThat(told(ID, AVATAR, field("id2", "x"))).startsWith("400 schema-violation /id2");
        assertThat(told(ID, AVATAR, typed("notes", "text/markdown", "#".repeat(21))))
                .isEqualTo("400 schema-violation /notes maxLength");
    }

    @Test
    void holdsPartsInJsonAgainstTheirSchema() {
        assertThat(told(ID, AVATAR, typed("address", "application/json", "{\"zip\": \"x\"}")))
                .contains("/address/city required")
                .contains("/address/zip pattern");
        assertThat(told(ID, AVATAR, typed("address", "application/json", "{\"city\": \"a\", \"admin\": true}")))
                .isEqualTo("400 schema-violation /address additionalProperties");
        assertThat(told(ID, AVATAR, typed("address", "application/json", "{\"city\": \"a\", \"city\": \"b\"}")))
                .isEqualTo("400 malformed-body");
        assertThat(told(ID, AVATAR, field("friends", "{}"))).isEqualTo("400 schema-violation /friends/0/city required");
        assertThat(told(ID, AVATAR, typed("address", "text/plain", "{\"city\": \"a\"}")))
                .isEqualTo("415 unsupported-media-type /address media-type");
        assertThat(told(ID, AVATAR, typed("age", "application/json", "\"18\"")))
                .isEqualTo("400 schema-violation /age type");
    }

    @Test
    void holdsFilesAgainstTheirMediaTypeLengthAndNumber() {
        assertThat(told(ID, avatar("image/gif", "X-Trace: 0a1b\r\n", "GIF")))
                .isEqualTo("415 unsupported-media-type /avatar media-type");
        assertThat(told(ID, avatar("image/png", "X-Trace: 0a1b\r\n", "x".repeat(11))))
                .isEqualTo("400 schema-violation /avatar maxLength");
        assertThat(told(ID, AVATAR, file("pages", "a/b", "1"), file("pages", "a/b", "2"), file("pages", "a/b", "3")))
                .isEqualTo("400 schema-violation /pages maxItems");
        assertThat(told(ID, AVATAR, AVATAR)).isEqualTo("400 schema-violation /avatar maxItems");
        assertThat(told(ID, AVATAR, file("age", "text/plain", "20"))).isEqualTo("400 schema-violation /age type");
        assertThat(told(ID, AVATAR, file("other", "a/b", "1")))
                .isEqualTo("400 schema-violation /* additionalProperties");
    }

    @Test
    void takesAFileThatNobodyHasChosenForNone() {
        assertThat(told(ID, part("name=\"avatar\"; filename=\"\"", "Content-Type: application/octet-stream\r\n", "")))
                .isEqualTo("400 schema-violation /avatar required");
        assertThat(told(ID, AVATAR, part("name=\"pages\"; filename=\"\"", "", "")))
                .isEqualTo("pass");
    }

    @Test
    void holdsHeaderFieldsOfPartsAgainstTheDocument() {
        assertThat(told(ID, avatar("image/png", "", "x"))).isEqualTo("400 schema-violation /avatar/X-Trace required");
        assertThat(told(ID, avatar("image/png", "X-Trace: zz\r\n", "x")))
                .isEqualTo("400 schema-violation /avatar/X-Trace pattern");
    }

    @Test
    void readsFieldsAndQueryAsOneAsApplicationsDo() {
        assertThat(told(ID, AVATAR, field("dry", "x"))).isEqualTo("400 schema-violation /* unknown");
        assertThat(told(ID, AVATAR, field("_charset_", "utf-7"))).isEqualTo("400 schema-violation /* unknown");
        var lenient =
                OpenApi.builder(json(DOCUMENT)).ignoringUnknownParameters().build();
        var sent = post(ID, AVATAR);
        var twice = RecordedWire.of("POST", "/profiles?age=1")
                .with("Content-Type", "multipart/form-data; boundary=b")
                .body(sent.bytes());
        assertThat(told(lenient, twice)).isEqualTo("400 schema-violation /age unknown");
        assertThat(told(lenient, post(ID, AVATAR, file("other", "a/b", "1")))).isEqualTo("pass");
    }

    @Test
    void boundsWhatItReadsAndWhatComes() {
        assertThat(told(check.within(1000), post(ID, AVATAR, field("more", "x".repeat(1000)))))
                .isEqualTo("413 body-too-large");
        assertThat(told(check.within(100), post(ID, AVATAR, file("pages", "a/b", "x".repeat(1000)))))
                .isEqualTo("pass");
        assertThat(told(check.withinParts(500), post(ID, AVATAR, file("pages", "a/b", "x".repeat(1000)))))
                .isEqualTo("413 body-too-large");
        assertThatThrownBy(() -> check.withinParts(0)).hasMessageContaining("maxParts: 0");
    }

    @Test
    void deniesWhatReadersTakeApartInTwoWaysAndTextThatIsNoUtf8() {
        assertThat(told(ID, AVATAR, typed("age", "text/plain; charset=ibm037", "20")))
                .isEqualTo("415 unsupported-media-type /age media-type");
        assertThat(told(ID, AVATAR, typed("age", "text/plain; charset=ISO-8859-1", "20")))
                .isEqualTo("pass");
        assertThat(told(ID, AVATAR, typed("tags", "text/plain; charset=ISO-8859-1", "\u00e4")))
                .isEqualTo("415 unsupported-media-type /tags media-type");
        assertThat(told(ID, AVATAR, part("name=\"age\"; name=\"x\"", "", "20"))).isEqualTo("400 malformed-body");
        var bytes = (ID + AVATAR + field("more", "\u00e4") + "--b--\r\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(told(check, post().body(bytes))).isEqualTo("400 malformed-body");
    }

    @Test
    void looksAtNoPartWhereToldSo() {
        var without = check.withoutParts();

        assertThat(check.takesApart()).isTrue();
        assertThat(without.takesApart()).isFalse();
        assertThat(told(without, post(field("age", "x")))).isEqualTo("pass");
    }

    @Test
    void readsSchemasOfSubtypesThatLeadToTheirBase() {
        var root = JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/Base");
        for (var i = 0; i < 30; i++) {
            root.withArray("/$defs/Base/oneOf").addObject().put("$ref", "#/$defs/S" + i);
            var subtype = root.withObject("/$defs/S" + i);
            subtype.putArray("anyOf").addObject().put("$ref", "#/$defs/Base");
            subtype.withObject("/properties/f" + i).put("type", "string").put("format", "binary");
        }

        assertThat(FileFields.taken(root, Map.of()).files()).hasSize(30);
    }

    @Test
    void provesFieldsThatCanDoNoHarm() {
        var verdict = check.check(post(ID, AVATAR).view());

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Pass.class, pass -> {
            assertThat(pass.proven().covers(Where.FORM, "age")).isTrue();
            assertThat(pass.proven().covers(Where.FORM, "id")).isTrue();
            assertThat(pass.proven().covers(Where.FORM, "notes")).isFalse();
            assertThat(pass.proven().covers(Where.FORM, "avatar")).isFalse();
            assertThat(pass.proven().covers(Where.FORM, "address")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"contentMediaType\": \"application/octet-stream\"}",
                "{\"type\": \"string\", \"contentMediaType\": \"application/octet-stream\"}",
                "{\"type\": [\"string\", \"null\"], \"contentMediaType\": \"image/png\"}",
                "{\"type\": \"string\", \"format\": \"binary\"}",
                "{\"$ref\": \"#/components/schemas/File\"}"
            })
    void knowsFilesHoweverTheyAreDescribed(String schema) {
        for (var list : List.of(schema, "{\"type\": \"array\", \"items\": " + schema + "}")) {
            var agreed = OpenApi.builder(
                            json("{\"openapi\": \"3.1.0\", \"components\": {\"schemas\": {\"File\": {\"type\":"
                                    + " \"string\", \"format\": \"binary\"}}}, \"paths\": {\"/profiles\": {\"post\": {\"requestBody\":"
                                    + " {\"content\": {\"multipart/form-data\": {\"schema\": {\"type\": \"object\", \"required\":"
                                    + " [\"file\"], \"additionalProperties\": false, \"properties\": {\"file\": " + list
                                    + "}}}}}}}}}"))
                    .build();

            assertThat(told(agreed, post(file("file", "image/png", "\u0089"))))
                    .as(list)
                    .isEqualTo("pass");
            assertThat(told(agreed, post(file("other", "image/png", "\u0089"))))
                    .as(list)
                    .startsWith("400");
            assertThat(told(agreed, post())).as(list).startsWith("400");
        }
    }
}
