package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Where API keys are sent and kept, as written. Immutable.
 *
 * @param header the header's name
 * @param pepper the secret that is mixed into hashes
 * @param file a file with more clients
 * @param reload how often that file is looked at
 */
public record ApiKeySettings(
        @Key(description = "The header that carries the API key.", defaultValue = "X-API-Key") @Nullable
        String header,

        @Key(
                description =
                        "The secret under which `hmac-sha256:` hashes were made, at least 32 characters, such as `${API_KEY_PEPPER}`.")
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
        String reload) {}
