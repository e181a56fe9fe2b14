package dev.portcullis.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTypeTest {

    private static final String SVG =
            "PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg>",
                "<!DOCTYPE svg " + SVG + ">",
                "<!DOCTYPE svg\n  " + SVG + " [ ]>",
                "<!DOCTYPE settings SYSTEM \"urn:example:settings.dtd\">",
                "<!DOCTYPE svg [ <!-- names --> <!ENTITY ns \"http://example.org/1.0/\"> <!ENTITY b 'https://example.org/b#'>\n]>"
            })
    void readsOneThatCanDoNothing(String type) {
        var read = DocumentType.of(type + "<svg/>");

        assertThat(read).isNotNull();
        assertThat(read.resolve(new Text(type + "<svg/>"))).isEqualTo("<svg/>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg SYSTEM \"svg.dtd\">",
                "<!DOCTYPE svg SYSTEM \"http://www.w3.org/a.dtd\">",
                "<!DOCTYPE svg SYSTEM \"jar:urn:a\">",
                "<!DOCTYPE svg SYSTEM \"urn:a\" \"b\">",
                "<!DOCTYPE svg SYSTEM\"urn:a\">",
                "<!DOCTYPE svg SYSTEM \"urn:a\" [ <!ENTITY a SYSTEM \"b\"> ]>",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org.evil.example/a.dtd\">",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/../a.dtd\">",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/a?b\">",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/@evil\">",
                "<!DOCTYPE svg PUBLIC \"-//Evil//DTD\" \"http://www.w3.org/a.dtd\">",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"file:///etc/passwd\">",
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD\">",
                "<!DOCTYPE svg [ <!ENTITY a \"b\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY a SYSTEM \"http://example.org/\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY a PUBLIC \"http://a\" \"http://example.org/\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY % a \"http://example.org/\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY a \"http://example.org/&b;\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY a \"http://example.org/%b;\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY lt \"http://example.org/\"> ]>",
                "<!DOCTYPE svg [ <!ENTITY a \"http://example.org/\" NDATA b> ]>",
                "<!DOCTYPE svg [ <!ATTLIST svg onload CDATA \"alert(1)\"> ]>",
                "<!DOCTYPE svg [ <?a b?> ]>",
                "<!DOCTYPE svg [ %a; ]>",
                "<!DOCTYPE svg [ <!-- a > ]>",
                "<!DOCTYPE svg [",
                "<!DOCTYPE",
                "<!doctype svg>"
            })
    void readsNoneThatCouldDoSomething(String type) {
        assertThat(DocumentType.of(type + "<svg/>")).isNull();
    }

    @Test
    void putsAddressesInPlaceOfTheirNamesAndNotIntoData() {
        var text = "<!DOCTYPE a [<!ENTITY n \"http://example.org/n\"><!ENTITY n \"http://example.org/m\">]>"
                + "<a xmlns:x=\"&n;\">&amp;&o;&&n<![CDATA[&n;]]>&n;<![CDATA[]&n;]]<![CDATA[&n;</a>";

        assertThat(DocumentType.of(text).resolve(new Text(text)))
                .isEqualTo("<a xmlns:x=\"http://example.org/n\">&amp;&o;&&n<![CDATA[&n;]]>http://example.org/n"
                        + "<![CDATA[]http://example.org/n]]<![CDATA[http://example.org/n</a>");
    }

    @Test
    void makesNotMuchOfLittle() {
        var names = "<!DOCTYPE a [<!ENTITY n \"http://example.org/n\">]><a>";

        assertThat(DocumentType.of(names).resolve(new Text(names + "&n;".repeat(128))))
                .isNotNull();
        assertThat(DocumentType.of(names).resolve(new Text(names + "&n;".repeat(129))))
                .isNull();
        assertThat(DocumentType.of("<!DOCTYPE a [" + " ".repeat(4_096) + "]>")).isNull();
        assertThat(DocumentType.of("<!DOCTYPE a [<!ENTITY n \"http://" + "n".repeat(128) + "\">]>"))
                .isNull();
    }
}
