package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A script that Redis runs in one go, and that is sent to it only when it does not know it. Immutable.
 *
 * @param text its text
 * @param digest the name that Redis has for it
 * @param output what comes of it
 */
record RedisScript(String text, String digest, ScriptOutputType output) {

    /** The script in the file of this name, beside this class. */
    static RedisScript named(String file, ScriptOutputType output) {
        try (var stream = RedisScript.class.getResourceAsStream(file)) {
            var bytes = requireNonNull(stream, file).readAllBytes();
            return new RedisScript(new String(bytes, StandardCharsets.UTF_8), sha1(bytes), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Redis names scripts by their SHA-1; nothing depends on its strength. */
    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** What comes of it with these keys and arguments. */
    <T> CompletableFuture<T> run(
            RedisScriptingAsyncCommands<String, byte[]> commands, String[] keys, byte[]... arguments) {
        CompletableFuture<T> known =
                commands.<T>evalsha(digest, output, keys, arguments).toCompletableFuture();
        return known.exceptionallyCompose(cause -> isUnknown(cause)
                ? commands.<T>eval(text, output, keys, arguments).toCompletableFuture()
                : CompletableFuture.failedFuture(cause));
    }

    private static boolean isUnknown(Throwable thrown) {
        var cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof RedisNoScriptException;
    }
}
