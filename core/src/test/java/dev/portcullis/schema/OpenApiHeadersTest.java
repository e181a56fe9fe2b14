package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Reply.Violation;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiHeadersTest {

    private static final String DOCUMENT = """
            {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {"parameters": [
              {"name": "X-Numbers", "in": "header", "schema": {"type": "array", "items": {"type": "integer"}}},
              {"name": "X-Point", "in": "header", "schema": {"type": "object", "additionalProperties": false,
                "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}}},
              {"name": "X-Text", "in": "header", "schema": {"type": "string", "maxLength": 4}},
              {"name": "X-Json", "in": "header", "content": {"application/json": {"schema": {"const": ["a, b"]}}}}]}}}}
            """;

    private static final OpenApi CHECK =
            OpenApi.builder(JsonBodyTest.json(DOCUMENT)).build();

    private static Verdict verdict(String name, String value) {
        return CHECK.check(RecordedWire.of("GET", "/a").with(name, value).view());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "1, 2", "1 ,\t2", "1"})
    void readsListsWithBlanksBesideTheirCommas(String sent) {
        assertThat(verdict("X-Numbers", sent)).isInstanceOf(Verdict.Pass.class);
        assertThat(((Verdict.Deny) verdict("X-Numbers", sent + ", x")).reply().errors())
                .extracting(Violation::keyword)
                .containsExactly("type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Numbers | 1 2 | false",
                "X-Numbers | 1,,2 | false",
                "X-Point | x, 1, y, 2 | true",
                "X-Point | x, 1, z, 2 | false",
                "X-Text | a, b | true",
                "X-Text | a,  b | false",
                "X-Json | [\"a, b\"] | true",
                "X-Json | [\"a,b\"] | false"
            })
    void leavesBlanksAloneThatMeanSomething(String name, String sent, boolean passes) {
        assertThat(verdict(name, sent) instanceof Verdict.Pass).isEqualTo(passes);
    }
}
