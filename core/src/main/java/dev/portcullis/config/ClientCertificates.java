package dev.portcullis.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which client certificates are trusted, and where they come from, as written. Immutable.
 *
 * @param trust the authorities
 * @param password the password of a PKCS12 store
 * @param crl lists of revoked certificates
 * @param refresh how often these are loaded again
 * @param header the header in which trusted proxies hand on certificates
 * @param format how they are written in it
 * @param match certificates that are good without a client of their own
 * @param connector whether the connector asks for certificates
 */
public record ClientCertificates(
        @Key(description = "The authorities whose certificates are trusted: PEM or PKCS12, `file:` or `classpath:`.")
        @Nullable
        String trust,

        @Key(description = "The password of a PKCS12 store, such as `${PASSWORD}`.", type = Key.Type.SECRET) @Nullable
        String password,

        @Key(
                description =
                        "Lists of revoked certificates (CRL), PEM or DER, one of every authority of a chain; without, nothing is held to be revoked.")
        @Nullable
        List<String> crl,

        @Key(
                description = "How often authorities and lists of revoked certificates are loaded again.",
                defaultValue = "1m",
                type = Key.Type.DURATION)
        @Nullable
        String refresh,

        @Key(
                description =
                        "The header in which proxies of `forwarded.trusted` hand on certificates, such as `client-cert` or `x-forwarded-client-cert`; without, certificates come from the connection alone.")
        @Nullable
        String header,

        @Key(
                description = "How certificates are written in the header.",
                defaultValue = "rfc9440 for `client-cert`, xfcc for `x-forwarded-client-cert`, else url-encoded",
                oneOf = {"rfc9440", "xfcc", "url-encoded", "base64"})
        @Nullable
        String format,

        @Key(
                description =
                        "Certificates that are good without a client of their own: `spiffe://...`, `uri:...`, `dns:...`, `email:...` or `spki-sha256:...`.")
        @Nullable
        List<String> match,

        @Key(
                description =
                        "Says that the connector asks for certificates though `server.ssl.client-auth` does not say so, as in a container of its own.",
                defaultValue = "false",
                type = Key.Type.SWITCH)
        @Nullable
        String connector) {

    /** Does not show the password. */
    @Override
    public String toString() {
        return "ClientCertificates[trust=" + trust + ", header=" + header + "]";
    }
}
