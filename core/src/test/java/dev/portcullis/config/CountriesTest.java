package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.CountryDatabase;
import dev.portcullis.http.RecordedWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that ask for the caller's country: 198.51.100.0/24 and 2001:db8:d::/48 are German, 203.0.113.0/24 is French. */
class CountriesTest {

    private static final String DENIED = "a.ip-countries 403 address-denied";
    private static final byte[] GERMAN_IPV6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0x0d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("country.mmdb");
        Files.write(
                file,
                CountryDatabase.of("GeoLite2-Country")
                        .with(bytes(198, 51, 100, 0), 24, "DE")
                        .with(GERMAN_IPV6, 48, "DE")
                        .with(bytes(203, 0, 113, 0), 24, "FR")
                        .with(bytes(192, 0, 2, 0), 24, "")
                        .bytes());
    }

    @Test
    void allowsSomeCountriesAndNotWhatNobodyKnows() {
        var gate = gate("ip: { allow-countries: [DE] }");

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("::ffff:198.51.100.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("2001:db8:d::7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("203.0.113.7"))).isEqualTo(DENIED);
        assertThat(outcome(gate, from("192.0.2.7")))
                .as("a network of no country")
                .isEqualTo(DENIED);
        assertThat(outcome(gate, from("10.0.0.1"))).as("no such network").isEqualTo(DENIED);
        assertThat(outcome(gate, from("2001:db8:f::7"))).isEqualTo(DENIED);
    }

    @Test
    void deniesSomeCountriesAndWhatNobodyKnowsWhereThatIsWritten() {
        var gate = gate("ip: { deny-countries: [FR] }");
        var strict = gate("ip: { deny-countries: [FR, unknown] }");

        assertThat(outcome(gate, from("203.0.113.7"))).isEqualTo(DENIED);
        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("10.0.0.1"))).isEqualTo("proceed");
        assertThat(outcome(strict, from("10.0.0.1"))).isEqualTo(DENIED);
    }

    @Test
    void theDeniedWinOverTheAllowedAndUnknownMayBeAllowed() {
        var gate = gate("ip: { allow-countries: [DE, FR, unknown], deny-countries: [FR] }");

        assertThat(outcome(gate, from("203.0.113.7"))).isEqualTo(DENIED);
        assertThat(outcome(gate, from("10.0.0.1"))).isEqualTo("proceed");
    }

    @Test
    void conditionsKnowTheCountry() {
        var gate = gate("authorize: { when: \"request.country in ['DE', 'AT']\" }");

        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("203.0.113.7"))).startsWith("a.condition 403");
        assertThat(outcome(gate, from("10.0.0.1"))).startsWith("a.condition 403");
    }

    @Test
    void theFileIsReadAgainAndAFileThatIsNoneIsNotTaken() throws IOException {
        var gate = gate("ip: { allow-countries: [DE] }");
        Files.write(
                file,
                CountryDatabase.of("Some-City")
                        .with(bytes(203, 0, 113, 0), 24, "DE")
                        .bytes());
        gate.reload(file("ip: { allow-countries: [DE] }"));
        assertThat(outcome(gate, from("203.0.113.7"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("198.51.100.7"))).isEqualTo(DENIED);

        Files.writeString(file, "nothing");
        gate.reload(file("ip: { allow-countries: [DE] }"));
        assertThat(outcome(gate, from("203.0.113.7"))).isEqualTo("proceed");
        assertThat(gate.countries().problem()).isNotNull();
        Files.delete(file);
        gate.reload(file("ip: { allow-countries: [DE] }"));
        assertThat(outcome(gate, from("203.0.113.7"))).isEqualTo("proceed");
    }

    @Test
    void anApplicationMayTellCountriesItself() {
        var yaml = "policies: { a: { paths: [/**], public: true, ip: { allow-countries: [DE] } } }";
        var gate = Gate.builder(Gates.file(yaml))
                .countries(address -> {
                    if (address.toString().equals("10.0.0.9")) {
                        throw new IllegalStateException("planted");
                    }
                    return address.toString().equals("10.0.0.1") ? "DE" : "unknown";
                })
                .build();

        assertThat(outcome(gate, from("10.0.0.1"))).isEqualTo("proceed");
        assertThat(outcome(gate, from("10.0.0.2"))).isEqualTo(DENIED);
        assertThat(outcome(gate, from("10.0.0.9"))).isEqualTo("a.ip-countries 503 could-not-tell");
    }

    @Test
    void aMissingOrWrongFileStopsTheStart() throws IOException {
        Files.write(file, CountryDatabase.of("GeoLite2-ASN").bytes());
        assertThatThrownBy(() -> gate("ip: { allow-countries: [DE] }")).hasMessageContaining("of another type");
        Files.writeString(file, "nothing");
        assertThatThrownBy(() -> gate("ip: { allow-countries: [DE] }"))
                .hasMessageContaining("no database of countries");
        Files.delete(file);
        assertThatThrownBy(() -> gate("ip: { allow-countries: [DE] }"))
                .hasMessageContaining("no database of countries");
    }

    private Gate gate(String rules) {
        return Gate.builder(file(rules)).build();
    }

    private PolicyFile file(String rules) {
        return Gates.file("geo: { country: \"file:" + file + "\" }\n" + "policies: { a: { paths: [/**], public: true, "
                + rules + " } }\n");
    }

    private static byte[] bytes(int a, int b, int c, int d) {
        return new byte[] {(byte) a, (byte) b, (byte) c, (byte) d};
    }

    private static RecordedWire from(String address) {
        return get("/x").from(address);
    }
}
