package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate calls its holder: its alternative names, never its subject. Immutable.
 *
 * @param uris names that are URIs, such as SPIFFE ids
 * @param dns names of hosts
 * @param emails addresses
 * @param key the SHA-256 of the public key, in base64url
 */
@TrustedBase
record CertificateNames(List<String> uris, List<String> dns, List<String> emails, String key) {

    private static final int MAX_NAMES = 100;
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    /** The names; null when they cannot be read, or are too many. */
    static @Nullable CertificateNames of(X509Certificate certificate) {
        var uris = new ArrayList<String>();
        var dns = new ArrayList<String>();
        var emails = new ArrayList<String>();
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names != null && names.size() > MAX_NAMES) {
                return null;
            }
            for (var name : names == null ? List.<List<?>>of() : names) {
                switch ((Integer) name.get(0)) {
                    case URI -> uris.add((String) name.get(1));
                    case DNS -> dns.add((String) name.get(1));
                    case EMAIL -> emails.add((String) name.get(1));
                    default -> {}
                }
            }
            return new CertificateNames(uris, dns, emails, X509.keyHash(certificate));
        } catch (CertificateParsingException e) {
            return null;
        }
    }

    /** The name that stands for the holder: the first URI, else the first host, else the first address; null without any. */
    @Nullable
    String first() {
        if (!uris.isEmpty()) {
            return uris.get(0);
        }
        return !dns.isEmpty() ? dns.get(0) : emails.isEmpty() ? null : emails.get(0);
    }

    Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("uri", List.copyOf(uris));
        claims.put("dns", List.copyOf(dns));
        claims.put("email", List.copyOf(emails));
        return claims;
    }
}
