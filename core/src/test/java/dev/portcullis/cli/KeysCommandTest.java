package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Makes, rotates and hashes keys. */
@Isolated("sets the standard input")
class KeysCommandTest extends CommandStage {

    @Test
    void hashesKeys() {
        assertThat(runWith("test\n", "keys", "hash")).isEqualTo(0);
        assertThat(out.toString().strip())
                .isEqualTo("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        assertThat(err.toString()).contains("shorter than 22 characters");
        assertThat(runWith("", "keys", "hash")).isEqualTo(1);
        assertThat(runWith("with space inside", "keys", "hash")).isEqualTo(1);
        assertThat(err.toString()).doesNotContain("with space inside");
    }

    @Test
    void makesAKeyThatItsOwnConfigurationKnows() throws Exception {
        assertThat(run("keys", "new", "--client", "acme", "--days", "90")).isEqualTo(0);
        var said = out.toString();
        var key = said.lines().findFirst().orElseThrow();
        assertThat(key).matches("pcl_[0-9a-z]{12}\\.[0-9A-Za-z]{38}").endsWith(FreshKey.check(key.substring(0, 49)));
        var policy = policy(
                said.substring(key.length()).strip() + "\npolicies: { a: { paths: [/a], authenticate: [api-key] } }");
        assertThat(asked(policy, key)).contains("outcome: proceed");
        assertThat(asked(policy, key + "x")).contains("401");
    }

    @Test
    void rotatesAKeySoThatBothWorkForAWhile() throws Exception {
        run("keys", "new", "--client", "acme");
        var made = out.toString();
        var old = made.lines().findFirst().orElseThrow();
        var id = old.substring(4, 16);
        var before = policy(made.substring(old.length()).strip());
        out.getBuffer().setLength(0);

        assertThat(run("keys", "rotate", id, "--policy", before, "--overlap", "2"))
                .isEqualTo(0);
        var said = out.toString();
        var key = said.lines().findFirst().orElseThrow();
        assertThat(key).startsWith("pcl_" + id + ".").isNotEqualTo(old);
        var after = policy("clients:\n  acme:\n    keys:\n"
                + said.substring(key.length()).strip().indent(6)
                + "policies: { a: { paths: [/a], authenticate: [api-key] } }");
        assertThat(asked(after, key)).contains("outcome: proceed");
        assertThat(asked(after, old)).contains("outcome: proceed");
        var later = Instant.now().plus(Duration.ofDays(3)).toString();
        assertThat(asked(after, old, "--at", later)).contains("401", "key-expired");
        assertThat(asked(after, key, "--at", later)).contains("outcome: proceed");

        assertThat(run("keys", "rotate", "nobody", "--policy", after)).isEqualTo(1);
        assertThat(run("keys", "rotate", id)).isEqualTo(2);
        assertThat(run("keys", "new", "--client", "acme", "--prefix", "a.b")).isEqualTo(2);
    }

    @Test
    void keepsWhatAKeyIsBoundToWhenItIsRotated() throws Exception {
        run("keys", "new", "--client", "acme", "--days", "90");
        var made = out.toString();
        var id = made.substring(4, 16);
        var bound = "scopes: [read], routes: [/a], addresses: [10.0.0.0/8], tier: gold";
        var before = policy("clients: { acme: { scopes: [read, write], keys: { " + id + ": { hash: "
                + made.substring(made.indexOf("\"sha256:"), made.indexOf("\"\n") + 1) + ", expires: 2099-01-01, "
                + bound + " } } } }");
        out.getBuffer().setLength(0);
        assertThat(run("keys", "rotate", id, "--policy", before)).isEqualTo(0);
        assertThat(out.toString())
                .contains("expires: 2099-01-01", "scopes: [\"read\"]", "routes: [\"/a\"]", "tier: \"gold\"")
                .contains("addresses: [\"10.0.0.0/8\"]");
        out.getBuffer().setLength(0);
        assertThat(run("keys", "rotate", id, "--policy", before, "--days", "30"))
                .isEqualTo(0);
        assertThat(out.toString()).doesNotContain("2099-01-01");
    }

    @Test
    void saysSinceWhenAKeyIsInUseSoThatItsAgeIsKnown() {
        var before = Instant.now().toString();
        run("keys", "new", "--client", "acme");
        var after = Instant.now().toString();
        assertThat(out.toString())
                .containsAnyOf("not-before: " + before.substring(0, 10), "not-before: " + after.substring(0, 10));
    }

    @Test
    void makesNoKeyThatIsOver() {
        assertThat(run("keys", "new", "--client", "acme", "--days", "0")).isEqualTo(2);
        assertThat(run("keys", "new", "--client", "acme", "--days", "-1")).isEqualTo(2);
        assertThat(run("keys", "rotate", "id", "--hash", "sha256:00", "--overlap", "-1"))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void hashesKeysUnderAPepper() throws Exception {
        var pepper = directory.resolve("pepper");
        Files.writeString(pepper, "0123456789abcdef0123456789abcdef\n");
        assertThat(runWith("test\n", "keys", "hash", "--pepper-file", pepper.toString()))
                .isEqualTo(0);
        assertThat(out.toString().strip())
                .isEqualTo("hmac-sha256:3aeecd2a3f581a29df60e4e8f9bd0b7f2ed98f94b21df0f4721a7ac59fbd533c");
        Files.writeString(pepper, "short\n");
        assertThat(runWith("test\n", "keys", "hash", "--pepper-file", pepper.toString()))
                .isEqualTo(1);
    }

    private String asked(String policy, String key, String... more) {
        out.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of("explain", "--policy", policy, "--target", "/a"));
        arguments.addAll(List.of("--header", "Host: h", "--header", "X-API-Key: " + key));
        arguments.addAll(List.of(more));
        run(arguments.toArray(String[]::new));
        return out.toString();
    }
}
