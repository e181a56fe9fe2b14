package dev.portcullis.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict;
import dev.portcullis.http.RecordedWire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.StringReader;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/**
 * Attack and innocent value, with the gate and without it, before endpoints that are as careless as the attack needs.
 *
 * <p>The values are the examples in the detectors' comments, where the JDK has an interpreter that they harm.
 */
class FourCornersTest {

    private static final Path FOLDER = Path.of("/srv/files");

    private final Attacks gate = Attacks.builder().build();

    /** An endpoint that is harmed by some values. */
    record Endpoint(String detector, String attack, String benign, Predicate<String> harmedBy) {

        @Override
        public String toString() {
            return detector;
        }
    }

    static List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "path-traversal",
                        "../../../../etc/passwd",
                        "reports/2026/../index.html",
                        FourCornersTest::leavesTheFolder),
                new Endpoint(
                        "header-injection",
                        "/home%0d%0aSet-Cookie: a=b",
                        "/home",
                        value -> lines("Location: " + decoded(value)) > 1),
                new Endpoint(
                        "log-injection",
                        "guest%0a2026-11-01 10:00:00 INFO admin logged in",
                        "guest",
                        value -> lines("2026-11-01 09:59:59 WARN no such user: " + decoded(value)) > 1),
                new Endpoint(
                        "xml-entity",
                        "<!DOCTYPE a [<!ENTITY b \"expanded\">]><a>&b;</a>",
                        "<a>b</a>",
                        FourCornersTest::expandsEntities),
                new Endpoint(
                        "java-deserialisation",
                        "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3RvckkACXRocmVzaG9sZHhwP0AAAAAAAAB3CAAAABAAAAAAeA==",
                        "java.util.HashMap explained",
                        FourCornersTest::makesAnObject));
    }

    @Test
    void thereAreEndpoints() {
        assertThat(endpoints()).hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void withoutTheGateTheAttackHarmsAndTheInnocentValueDoesNot(Endpoint endpoint) {
        assertThat(endpoint.harmedBy()).accepts(endpoint.attack()).rejects(endpoint.benign());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void withTheGateOnlyTheInnocentValueArrives(Endpoint endpoint) {
        assertThat(judged(endpoint.attack()))
                .isInstanceOfSatisfying(
                        Verdict.Deny.class,
                        deny -> assertThat(deny.evidence().matched()).contains(endpoint.detector()));
        assertThat(judged(endpoint.benign())).isSameAs(Verdict.pass());
    }

    private Verdict judged(String value) {
        return gate.check(
                RecordedWire.of("GET", "/?q=" + URLEncoder.encode(value, UTF_8)).view());
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, UTF_8);
    }

    private static long lines(String text) {
        return text.lines().count();
    }

    private static boolean leavesTheFolder(String value) {
        return !FOLDER.resolve(value).normalize().startsWith(FOLDER);
    }

    private static boolean expandsEntities(String value) {
        try {
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(value)));
            return document.getDocumentElement().getTextContent().equals("expanded");
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean makesAnObject(String value) {
        try (var stream = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(value)))) {
            return stream.readObject() != null;
        } catch (IOException | ClassNotFoundException | IllegalArgumentException e) {
            return false;
        }
    }
}
