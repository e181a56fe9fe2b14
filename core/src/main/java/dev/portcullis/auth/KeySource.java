package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;

/** Where an issuer's keys come from. Immutable. */
public sealed interface KeySource {

    /** The key set that the issuer's own metadata names (OpenID Connect Discovery 1.0, section 4). */
    static KeySource discovery() {
        return new Discovery();
    }

    /**
     * A key set at this address (RFC 7517, section 5).
     *
     * @throws IllegalArgumentException when it is no absolute http or https address
     */
    static KeySource at(URI jwks) {
        return new Address(Address.http("jwks", jwks));
    }

    /** A key set in a file, which is read again from time to time. */
    static KeySource file(Path path) {
        return new File(path);
    }

    /** This very key set, as JSON. It is the only source that may hold secrets, for HMAC. */
    static KeySource inline(String jwks) {
        return new Inline(jwks);
    }

    /** The issuer's metadata. */
    record Discovery() implements KeySource {}

    /**
     * An address.
     *
     * @param jwks where the key set is
     */
    record Address(URI jwks) implements KeySource {

        /** Checks that it is there. */
        public Address {
            requireNonNull(jwks, "jwks");
        }

        static URI http(String what, URI uri) {
            var scheme = uri.getScheme();
            var known = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
            if (!known || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        what + ": `" + uri + "` (expected: an absolute http or https address)");
            }
            return uri;
        }
    }

    /**
     * A file.
     *
     * @param path where the key set is
     */
    record File(Path path) implements KeySource {

        /** Checks that it is there. */
        public File {
            requireNonNull(path, "path");
        }
    }

    /**
     * A key set in the configuration.
     *
     * @param jwks the key set as JSON
     */
    record Inline(String jwks) implements KeySource {

        /** Checks that it is there. */
        public Inline {
            requireNonNull(jwks, "jwks");
        }

        /** Does not show the keys, which may be secret. */
        @Override
        public String toString() {
            return "Inline[...]";
        }
    }
}
