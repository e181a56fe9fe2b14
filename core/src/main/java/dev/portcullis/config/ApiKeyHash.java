package dev.portcullis.config;

import dev.portcullis.auth.ApiKeys;
import java.nio.charset.StandardCharsets;

/** What stands for an API key in a configuration. */
public final class ApiKeyHash {

    private ApiKeyHash() {}

    /**
     * The hash of a key, as {@code clients.*.api-keys} takes it.
     *
     * @throws IllegalArgumentException when no client could send the key; the message does not show it
     */
    public static String of(String key) {
        var sendable = key.chars().allMatch(c -> c > ' ' && c <= '~');
        if (key.isEmpty() || key.length() > ApiKeys.MAX_KEY || !sendable) {
            throw new IllegalArgumentException(
                    "key: not one that can be sent (expected: 1 to " + ApiKeys.MAX_KEY + " visible ASCII characters)");
        }
        return "sha256:" + Digest.sha256(key.getBytes(StandardCharsets.US_ASCII));
    }
}
