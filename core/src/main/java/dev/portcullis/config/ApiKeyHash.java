package dev.portcullis.config;

import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.Pepper;

/** What stands for an API key in a configuration. */
public final class ApiKeyHash {

    private ApiKeyHash() {}

    /**
     * The hash of a key, as {@code clients.*.api-keys} takes it.
     *
     * @throws IllegalArgumentException when no client could send the key; the message does not show it
     */
    public static String of(String key) {
        return KeyHash.of(key, null).toString();
    }

    /**
     * The hash of a key under the secret that is {@code api-key.pepper}.
     *
     * @throws IllegalArgumentException when no client could send the key, or the pepper is too short; the message shows neither
     */
    public static String of(String key, String pepper) {
        return KeyHash.of(key, Pepper.of(pepper)).toString();
    }
}
