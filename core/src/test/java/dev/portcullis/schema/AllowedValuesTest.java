package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedValuesTest {

    private static boolean passes(String schema, String body) {
        var request = RecordedWire.of("POST", "/").with("Content-Type", "application/json");
        return JsonBody.of(JsonBodyTest.json(schema), 1000)
                        .check(request.body(body).view())
                instanceof Verdict.Pass;
    }

    @ParameterizedTest(name = "{1} as {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1.0 | true",
                "1 | 10e-1 | true",
                "1 | \"1\" | false",
                "1 | true | false",
                "0 | -0.0 | true",
                "0 | false | false",
                "null | null | true",
                "null | \"null\" | false",
                "\"null\" | null | false",
                "[1] | [1.0] | true",
                "[1] | [true] | false",
                "[1] | 1 | false",
                "[1,2] | [2,1] | false",
                "[1] | [1,1] | false",
                "[] | {} | false",
                "{\"a\":[1]} | {\"a\":[1.00]} | true",
                "{\"a\":{\"b\":0}} | {\"a\":{\"b\":0.0}} | true",
                "{\"a\":0} | {\"a\":false} | false",
                "{\"a\":0} | {\"b\":0} | false",
                "{\"a\":0} | {\"a\":0,\"b\":0} | false",
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1} | true",
                "9007199254740993 | 9007199254740992 | false",
                "[9007199254740993] | [9007199254740992.0] | false"
            })
    void takesNumbersForEqualWhereverTheyStand(String allowed, String value, boolean held) {
        assertThat(passes("{\"const\": " + allowed + "}", value)).isEqualTo(held);
        assertThat(passes("{\"enum\": [\"x\", " + allowed + "]}", value)).isEqualTo(held);
    }
}
