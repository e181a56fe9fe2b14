package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Reply;
import dev.portcullis.Reply.Violation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void isTheReplyAsProblemDetails() {
        var reply = Reply.problem(413, "body-too-large").with("Connection", "close");

        assertThat(new String(Problem.render(reply, "0123456789abcdef"), UTF_8))
                .isEqualTo(
                        "{\"type\":\"urn:portcullis:problem:body-too-large\",\"title\":\"Body too large\",\"status\":413,"
                                + "\"code\":\"body-too-large\",\"requestId\":\"0123456789abcdef\"}");
        assertThat(Problem.MEDIA_TYPE).isEqualTo("application/problem+json");
    }

    @Test
    void listsTheErrors() {
        var reply = Reply.problem(400, "schema-violation")
                .withErrors(List.of(new Violation("/items/0/qty", "type"), new Violation("", "required")));

        assertThat(new String(Problem.render(reply, "id"), UTF_8))
                .endsWith(",\"errors\":[{\"pointer\":\"/items/0/qty\",\"keyword\":\"type\"},"
                        + "{\"pointer\":\"\",\"keyword\":\"required\"}]}");
    }

    @Test
    void escapesWhatJsonEscapes() throws IOException {
        var strange = "a\"b\\c\n\u0000\u2028é🌲";
        var reply = Reply.problem(400, "schema-violation").withErrors(List.of(new Violation(strange, strange)));
        var read = new ObjectMapper().readTree(Problem.render(reply, strange));

        assertThat(read.at("/errors/0/pointer").textValue()).isEqualTo(strange);
        assertThat(read.at("/errors/0/keyword").textValue()).isEqualTo(strange);
        assertThat(read.path("requestId").textValue()).isEqualTo(strange);
    }

    @Test
    void isNotMadeOfAnAnswer() {
        assertThatThrownBy(() -> Problem.render(Reply.answer(204, List.of()), "id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reply: without a code (expected: a problem)");
    }
}
