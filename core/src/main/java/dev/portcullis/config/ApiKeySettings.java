package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Where API keys are sent and kept, as written. Immutable.
 *
 * @param header the header's name
 * @param pepper the secret that is mixed into hashes
 * @param file a file with more clients
 * @param reload how often that file is looked at
 * @param jdbc a database with more keys
 * @param cache how long a key from elsewhere is kept
 * @param negativeCache how long it is kept that there is none
 * @param timeout how long a request waits for an answer from elsewhere
 * @param maxCached how many answers are kept
 * @param maxAge how old a key may become before operators are warned
 */
public record ApiKeySettings(
        @Key(description = "The header that carries the API key.", defaultValue = "X-API-Key") @Nullable
        String header,

        @Key(
                description =
                        "The secret under which `hmac-sha256:` hashes were made, at least 32 characters, such as `${API_KEY_PEPPER}`.",
                type = Key.Type.SECRET)
        @Nullable
        String pepper,

        @Key(description = "A file with more `clients`, as YAML or JSON, such as `file:/etc/portcullis/clients.yml`.")
        @Nullable
        String file,

        @Key(
                description = "How often that file is looked at; a key that is removed from it works for so long.",
                defaultValue = "30s",
                type = Key.Type.DURATION)
        @Nullable
        String reload,

        @Key(description = "A database with more keys, through the application's `DataSource`.", type = Key.Type.PART)
        @Nullable
        Jdbc jdbc,

        @Key(
                description =
                        "How long a key from a database or a bean is kept; one that is revoked there works for so long.",
                defaultValue = "30s",
                type = Key.Type.DURATION)
        @Nullable
        String cache,

        @Key(
                description = "How long it is kept that a database or a bean knows no such key.",
                defaultValue = "5s",
                type = Key.Type.DURATION)
        @Nullable
        String negativeCache,

        @Key(
                description = "How long a request waits for a database or a bean.",
                defaultValue = "1s",
                type = Key.Type.DURATION)
        @Nullable
        String timeout,

        @Key(
                description = "How many answers of a database or a bean are kept at most.",
                defaultValue = "10000",
                type = Key.Type.COUNT)
        @Nullable
        String maxCached,

        @Key(
                description = "How old a key may become, from its `not-before`, before operators are warned of it.",
                defaultValue = "90d",
                type = Key.Type.DURATION)
        @Nullable
        String maxAge) {

    /** Tells whether they say where more keys are. */
    boolean hasKeys() {
        return file != null || jdbc != null;
    }

    /**
     * A database with keys, as written. Immutable.
     *
     * @param query the query for one key
     */
    public record Jdbc(
            @Key(
                    description =
                            "The query for the key of one id, with one `?`; its columns are named as in `portcullis_api_keys`.",
                    defaultValue = "SELECT * FROM portcullis_api_keys WHERE id = ?")
            @Nullable
            String query) {}
}
