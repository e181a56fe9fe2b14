package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Request.Proven.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTest {

    private static Value proven(String schema) throws JsonProcessingException {
        return Harmless.of(new ObjectMapper().readTree(schema));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"integer\"}",
                "{\"type\": [\"number\", \"null\"]}",
                "{\"type\": \"boolean\"}",
                "{\"enum\": [\"a\", \"b\"]}",
                "{\"const\": \"a\"}",
                "{\"type\": \"string\", \"format\": \"uuid\"}",
                "{\"type\": \"string\", \"format\": \"date-time\"}",
                "{\"type\": \"string\", \"pattern\": \"^[A-Z]{2}-[0-9]+$\"}",
                "{\"type\": \"string\", \"pattern\": \"^[\\\\w-]{1,30}$\"}",
                "{\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"null\"}]}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"integer\"}}}",
                "{\"allOf\": [{\"type\": \"integer\"}, {}]}"
            })
    void knowsWhatCanDoNoHarm(String schema) throws JsonProcessingException {
        assertThat(proven(schema).harmless()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": \"string\"}",
                "{\"type\": [\"integer\", \"string\"]}",
                "{\"format\": \"uuid\"}",
                "{\"type\": \"string\", \"format\": \"uri\"}",
                "{\"type\": \"string\", \"format\": \"ipv4\"}",
                "{\"type\": \"string\", \"pattern\": \"[A-Z]+\"}",
                "{\"type\": \"string\", \"pattern\": \"^[A-Z]+|.*$\"}",
                "{\"type\": \"string\", \"pattern\": \"^[^a]+$\"}",
                "{\"type\": \"string\", \"pattern\": \"^[A-z]+$\"}",
                "{\"type\": \"string\", \"pattern\": \"^.+$\"}",
                "{\"type\": \"string\", \"pattern\": \"^[a-z.]+$\"}",
                "{\"type\": \"string\", \"pattern\": \"^[+--]+$\"}",
                "{\"type\": \"string\", \"pattern\": \"^(a|b)*$\"}",
                "{\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"string\"}]}",
                "{\"if\": {\"type\": \"integer\"}}",
                "{\"not\": {\"type\": \"integer\"}}",
                "{\"$ref\": \"#\"}",
                "{\"$ref\": \"#nowhere\"}",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$ref\": \"#/definitions/a\","
                        + " \"type\": \"integer\", \"definitions\": {\"a\": {}}}"
            })
    void claimsNothingOfTheRest(String schema) throws JsonProcessingException {
        assertThat(proven(schema).harmless()).isFalse();
    }

    @Test
    void ends() throws JsonProcessingException {
        var loop = proven("{\"$defs\": {\"a\": {\"properties\": {\"x\": {\"$ref\": \"#/$defs/a\"},"
                + " \"y\": {\"$ref\": \"#/$defs/a\"}, \"n\": {\"type\": \"integer\"}}}}, \"$ref\": \"#/$defs/a\"}");

        assertThat(loop.member("n").harmless()).isTrue();
        assertThat(loop.member("x").member("n").harmless()).isTrue();
    }
}
