package dev.portcullis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a derived contract proves of parameters. */
class DerivedTest {

    private static boolean proves(RecordedWire wire) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("enum").add("a").add("b");
        var type = new Signature.Type(schema, texts -> TextNode.valueOf(texts.get(0)), false);
        var parameter = new Signature.Parameter(Where.QUERY, "word", false, type);
        var signature = new Signature(List.of(parameter), null, false, List.of());
        var verdict =
                Derived.of(signature, new Derived.Leniency(true, true, true)).check(wire.view());
        return ((Verdict.Pass) verdict).proven().covers(Where.FORM, "word");
    }

    @Test
    void provesFieldsThatItHasSeen() {
        assertThat(proves(RecordedWire.of("POST", "/")
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .body("word=a")))
                .isTrue();
    }

    @Test
    void provesNothingOfFieldsInPartsThatItDoesNotRead() {
        assertThat(proves(RecordedWire.of("POST", "/")
                        .with("Content-Type", "multipart/form-data; boundary=x")
                        .body("--x\r\nContent-Disposition: form-data; name=\"word\"\r\n\r\n<script>\r\n--x--\r\n")))
                .isFalse();
    }

    /** A conversion asks the application's own converters, and there may be as many elements as parameters. */
    @Test
    void looksForNoMoreMistakesInListsOfFormsThanAreTold() {
        var asked = new AtomicInteger();
        var type = new Signature.Type(
                JsonNodeFactory.instance.objectNode(),
                texts -> {
                    asked.incrementAndGet();
                    return null;
                },
                false);
        var parameter = new Signature.Parameter(Where.QUERY, "items[*].count", false, type);
        var check = Derived.of(
                new Signature(List.of(parameter), null, false, List.of()), new Derived.Leniency(true, true, true));
        var form = IntStream.range(0, 150)
                .mapToObj(index -> "items[" + index + "].count=x")
                .collect(Collectors.joining("&"));
        var deny = (Verdict.Deny) check.check(RecordedWire.of("POST", "/")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .view());

        assertThat(deny.reply().errors()).hasSize(Violations.MAX_COUNT);
        assertThat(asked).hasValue(Violations.MAX_COUNT);
    }
}
