package dev.portcullis.config;

import org.jspecify.annotations.Nullable;

/**
 * Where it is known where addresses are. Immutable.
 *
 * @param country the file that tells countries
 */
public record GeoSettings(
        @Key(
                description =
                        "The database of countries or cities in MaxMind's format, `file:` and a path; it is read again when it changes, and needs `com.maxmind.db:maxmind-db`.")
        @Nullable
        String country) {}
