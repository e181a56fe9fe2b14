package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.ask;
import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.fixture.Fault;
import dev.portcullis.fixture.IdentityProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last good keys on disk: what a new life takes from them, and what it does not. */
class KeyCopyTest {

    private final Bench bench = new Bench();
    private Path file = Path.of("");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void name() {
        file = folder.resolve("state").resolve("keys.json");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A check of a new life: no keys in memory. */
    private Authentication life(String iss) {
        var issuer = Issuer.builder("main", iss)
                .audiences(Set.of(IdentityProvider.AUDIENCE))
                .keyCare(KeyCare.USUAL.withCopy(file).withMaxStale(Duration.ofHours(2)))
                .build();
        var rings = KeyRings.of(bench.clock, bench.executor, Bench.PATIENT);
        return Authentication.required(List.of(Jwt.of(List.of(issuer), rings)));
    }

    private Authentication life() {
        return life(bench.provider.issuer());
    }

    private String good() {
        return bench.provider.token("orders:read");
    }

    private void goAway() {
        bench.provider.fail(IdentityProvider.DISCOVERY, Fault.status(503));
    }

    private void firstLife() {
        assertThat(reason(ask(life(), good()))).isEqualTo("pass");
    }

    private void change(String one, String other) {
        try {
            var text = Files.readString(file);
            assertThat(text).contains(one);
            Files.writeString(file, text.replace(one, other));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void startsWithTheCopyWhileTheIssuerIsAway() {
        firstLife();
        assertThat(file).isRegularFile();
        assertThat(file.getParent()).isDirectoryContaining("glob:**keys.json").isDirectoryNotContaining("glob:**.tmp");
        goAway();
        assertThat(reason(ask(life(), good()))).isEqualTo("pass");
    }

    @Test
    void cannotTellWithoutACopy() {
        goAway();
        var life = life();
        var token = good();
        assertThatThrownBy(() -> ask(life, token)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void takesNoCopyThatIsTooOld() {
        firstLife();
        goAway();
        bench.clock.advance(Duration.ofHours(2).minusSeconds(1));
        assertThat(reason(ask(life(), good()))).isEqualTo("pass");
        bench.clock.advance(Duration.ofSeconds(1));
        var life = life();
        var token = good();
        assertThatThrownBy(() -> ask(life, token)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void goesOnAgeingFromWhenTheKeysWereFetched() {
        firstLife();
        goAway();
        bench.clock.advance(Duration.ofHours(1));
        var life = life();
        assertThat(reason(ask(life, good()))).isEqualTo("pass");
        bench.clock.advance(Duration.ofHours(1));
        var token = good();
        assertThatThrownBy(() -> ask(life, token)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void takesNoCopyOfAnotherIssuerNorFromTheFutureNorOfNoAgeNorThatIsNone() {
        firstLife();
        goAway();
        var written = bench.clock.instant().toString();
        var issuer = bench.provider.issuer();
        var token = good();
        change("\"" + issuer + "\"", "\"https://other.example\"");
        assertThatThrownBy(() -> ask(life(), token)).isInstanceOf(KeysUnavailable.class);
        change("https://other.example", issuer);
        change(written, bench.clock.instant().plusSeconds(1).toString());
        assertThatThrownBy(() -> ask(life(), token)).isInstanceOf(KeysUnavailable.class);
        change(bench.clock.instant().plusSeconds(1).toString(), "yesterday");
        assertThatThrownBy(() -> ask(life(), token)).isInstanceOf(KeysUnavailable.class);
        change("yesterday", written);
        assertThat(reason(ask(life(), token))).isEqualTo("pass");
        change("{", "");
        assertThatThrownBy(() -> ask(life(), token)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void takesTheIssuersOwnKeysWhenItIsBack() {
        firstLife();
        goAway();
        var life = life();
        assertThat(reason(ask(life, good()))).isEqualTo("pass");
        var old = good();
        bench.provider.heal();
        bench.provider.rotate();
        bench.provider.retire();
        bench.clock.advance(FetchedKeys.COOL_DOWN);
        assertThat(reason(ask(life, good()))).isEqualTo("pass");
        assertThat(reason(ask(life, old))).isEqualTo("unknown-key");
    }

    @Test
    void keepsTheServiceUpWhereTheFileCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("state"), "a file where the folder should be");
        firstLife();
    }
}
