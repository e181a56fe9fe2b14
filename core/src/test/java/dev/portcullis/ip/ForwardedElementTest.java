package dev.portcullis.ip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.Suites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of RFC 7239, section 4. */
class ForwardedElementTest {

    @Test
    void readsPairsInAnyOrder() {
        assertThat(ForwardedElement.parse("For=\"[2001:db8::1]:80\";PROTO=https;by=_x;host=\"shop.example:8443\""))
                .isEqualTo(new ForwardedElement(
                        Map.of("for", "[2001:db8::1]:80", "proto", "https", "by", "_x", "host", "shop.example:8443")));
    }

    @Test
    void emptyPairsAreNothing() {
        assertThat(ForwardedElement.parse(";for=192.0.2.1;;proto=http;"))
                .isEqualTo(new ForwardedElement(Map.of("for", "192.0.2.1", "proto", "http")));
        assertThat(ForwardedElement.parse("")).isEqualTo(new ForwardedElement(Map.of()));
    }

    @Test
    void readsWhatProxiesWriteWithoutQuotes() {
        assertThat(ForwardedElement.parse("for=[2001:db8::1]:80;host=shop.example:8443"))
                .isEqualTo(new ForwardedElement(Map.of("for", "[2001:db8::1]:80", "host", "shop.example:8443")));
    }

    @Test
    void whiteSpaceMayStandBesideSemicolons() {
        assertThat(ForwardedElement.parse("for=192.0.2.1 ;\tproto=\"http\"  ; by=_x"))
                .isEqualTo(new ForwardedElement(Map.of("for", "192.0.2.1", "proto", "http", "by", "_x")));
    }

    @Test
    void quotedPairsStandForTheirCharacter() {
        assertThat(ForwardedElement.parse("x=\"a\\\"b\\\\c\\d\""))
                .isEqualTo(new ForwardedElement(Map.of("x", "a\"b\\cd")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for",
                "for=",
                "=192.0.2.1",
                "for=\"192.0.2.1",
                "for=192.0.2.1\"",
                "for=\"192.0.2.1\\",
                "for=\"192.0.2.1\\\"",
                "for=\"192.0.2.1\"x",
                "for=\"192.0.2.1\" ",
                "for=\"\u0000\"",
                "for=\"\u007f\"",
                "for=\"\\\u007f\"",
                "for=\"\\\u0000\"",
                "for=\"\u0100\"",
                " for=192.0.2.1",
                "for=192.0.2.1 ",
                "for =192.0.2.1",
                "for= 192.0.2.1",
                "for=192.0.2.1 proto=http",
                "for=192.0.2.1; proto",
                "for=192.0.2.1;for=192.0.2.2",
                "for=192.0.2.1;FOR=192.0.2.2",
                "f\u00f6r=192.0.2.1",
            })
    void readsNothingElse(String text) {
        assertThat(ForwardedElement.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=unknown", "for=UNKNOWN", "for=_gazonk", "for=\"_a.b-c:_port\"", "proto=http"})
    void aProxyMayHideAnAddress(String text) {
        var element = ForwardedElement.parse(text);

        assertThat(element).isNotNull();
        assertThat(element.address()).isNull();
        assertThat(element.hidesAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=_", "for=unknowns", "for=example.com", "for=\"unknown:x\"", "for=0.0.0.0"})
    void whatIsNoAddressIsNotHiddenEither(String text) {
        var element = ForwardedElement.parse(text);

        assertThat(element).isNotNull();
        assertThat(element.address()).isNull();
        assertThat(element.hidesAddress()).isFalse();
    }

    @Test
    @Tag("suite")
    void agreesWithTheSuiteOfTheGrammar() {
        var judged = 0;
        var wrong = new ArrayList<String>();
        for (var row : Suites.json("forwarded_grammar.json").path("cases")) {
            var expected = row.path("valid").booleanValue() ? new ArrayList<Map<String, String>>() : null;
            row.path("parsed").forEach(element -> {
                var pairs = new HashMap<String, String>();
                element.properties()
                        .forEach(
                                pair -> pairs.put(pair.getKey(), pair.getValue().textValue()));
                if (expected != null) {
                    expected.add(pairs);
                }
            });
            if (!Objects.equals(parsed(row.path("input").textValue()), expected)) {
                wrong.add(row.toString());
            }
            judged++;
        }

        assertThat(wrong).isEmpty();
        assertThat(judged).isGreaterThanOrEqualTo(15);
    }

    private static @Nullable List<Map<String, String>> parsed(String line) {
        var elements = new Elements(List.of(line), true);
        var parsed = new ArrayList<Map<String, String>>();
        for (var text = elements.previous(); text != null; text = elements.previous()) {
            var element = ForwardedElement.parse(text);
            if (element == null) {
                return null;
            }
            parsed.add(0, element.pairs());
        }
        return parsed;
    }
}
