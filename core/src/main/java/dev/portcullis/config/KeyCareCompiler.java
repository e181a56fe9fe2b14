package dev.portcullis.config;

import dev.portcullis.auth.KeyCare;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Compiles how an issuer's keys are fetched and kept.
 *
 * @param at where the issuer is written
 * @param contents finds files
 * @param written the issuer
 */
record KeyCareCompiler(At at, Contents contents, TrustedIssuer written) {

    KeyCare compile() {
        var care = KeyCare.USUAL;
        var stale = at.child("max-stale").read(written.maxStale(), Kind.DURATION);
        if (stale != null) {
            care = or(
                    care,
                    at.child("max-stale").make("", "write `1m` to `30d`", any -> KeyCare.USUAL.withMaxStale(stale)));
        }
        var timeout = at.child("key-timeout").read(written.keyTimeout(), Kind.DURATION);
        if (timeout != null) {
            var before = care;
            care = or(
                    care,
                    at.child("key-timeout").make("", "write `100ms` to `30s`", any -> before.withTimeout(timeout)));
        }
        var copy = copy(at.child("key-cache"), written.keyCache());
        return copy == null ? care : care.withCopy(copy);
    }

    private static KeyCare or(KeyCare before, @Nullable KeyCare after) {
        return after == null ? before : after;
    }

    private @Nullable Path copy(At here, @Nullable String location) {
        if (location == null) {
            return null;
        }
        var jwks = written.jwks();
        if (jwks != null && !jwks.startsWith("https:") && !jwks.startsWith("http:")) {
            here.problem("a copy of keys that are not fetched", "remove `key-cache`");
            return null;
        }
        var file = location.startsWith("file:") ? contents.file(location) : null;
        if (file == null) {
            here.problem(Contents.shown(location) + " (expected: a file to write to)", "write `file:/path/keys.json`");
            return null;
        }
        if (Files.isDirectory(file) || Files.exists(file) && !Files.isReadable(file)) {
            here.problem(Contents.shown(location) + " is no file that can be read", "name a file of the service's own");
            return null;
        }
        return file;
    }
}
