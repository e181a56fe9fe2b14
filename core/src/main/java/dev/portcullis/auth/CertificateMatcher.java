package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says which certificates are meant, by an alternative name or by the public key. Immutable.
 *
 * <p>Never by the subject: what its parts mean, and how they are written, is up to whoever issued the certificate.
 */
@TrustedBase
public final class CertificateMatcher {

    private static final String ALL_BELOW = "/*";
    private static final int SHA256 = 32;

    private final Kind kind;
    private final String wanted;

    private enum Kind {
        URI,
        URI_BELOW,
        DNS,
        DNS_BELOW,
        EMAIL,
        KEY
    }

    private CertificateMatcher(Kind kind, String wanted) {
        this.kind = kind;
        this.wanted = wanted;
    }

    /**
     * Reads a matcher: {@code uri:...} or {@code spiffe://...}, where a last {@code /*} stands for all below; {@code dns:...}, where a
     * first {@code *.} stands for one label; {@code email:...}; {@code spki-sha256:...} in hexadecimal or base64.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static CertificateMatcher parse(String text) {
        var colon = text.indexOf(':');
        var value = text.substring(colon + 1);
        return switch (colon < 0 || value.isBlank() ? "" : text.substring(0, colon)) {
            case "uri" -> uri(value);
            case "spiffe" -> uri(text);
            case "dns" -> dns(value.toLowerCase(Locale.ROOT));
            case "email" -> new CertificateMatcher(Kind.EMAIL, email(value));
            case "spki-sha256" -> new CertificateMatcher(Kind.KEY, key(value));
            default ->
                throw new IllegalArgumentException("certificate: `" + text
                        + "` (expected: `uri:`, `spiffe:`, `dns:`, `email:` or `spki-sha256:` and a value)");
        };
    }

    private static CertificateMatcher uri(String value) {
        var below = value.endsWith(ALL_BELOW);
        var plain = below ? value.substring(0, value.length() - 1) : value;
        if (plain.indexOf('*') >= 0 || URI.create(plain).getScheme() == null || below && plain.indexOf("://") < 0) {
            throw new IllegalArgumentException(
                    "certificate: `" + value + "` (expected: an absolute URI, with `*` at most as its last part)");
        }
        return new CertificateMatcher(below ? Kind.URI_BELOW : Kind.URI, plain);
    }

    private static CertificateMatcher dns(String value) {
        var below = value.startsWith("*.");
        var plain = below ? value.substring(1) : value;
        if (plain.indexOf('*') >= 0 || !plain.matches("\\.?[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException(
                    "certificate: `" + value + "` (expected: the name of a host, with `*` at most as its first label)");
        }
        return new CertificateMatcher(below ? Kind.DNS_BELOW : Kind.DNS, plain);
    }

    private static String key(String value) {
        try {
            var bytes = value.length() == 2 * SHA256
                    ? HexFormat.of().parseHex(value)
                    : Base64.getDecoder().decode(value.replace('-', '+').replace('_', '/'));
            if (bytes.length == SHA256) {
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(notAHash(value), e);
        }
        throw new IllegalArgumentException(notAHash(value));
    }

    private static String notAHash(String value) {
        return "certificate: `" + value + "` (expected: the SHA-256 of a public key, in hexadecimal or base64)";
    }

    /** The part before the at sign as it is, the host in lower case. */
    private static String email(String text) {
        var at = text.lastIndexOf('@');
        return text.substring(0, at + 1) + text.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    /** The name by which the certificate is meant; for a public key its first name, or else the key's hash; null when it is not. */
    @Nullable
    String matched(CertificateNames names) {
        if (kind == Kind.KEY) {
            var first = names.first();
            return !names.key().equals(wanted) ? null : first == null ? wanted : first;
        }
        var candidates = switch (kind) {
            case URI, URI_BELOW -> names.uris();
            case EMAIL -> names.emails();
            default -> names.dns();
        };
        for (var candidate : candidates) {
            if (matches(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean matches(String name) {
        return switch (kind) {
            case URI -> name.equals(wanted);
            case URI_BELOW ->
                name.length() > wanted.length()
                        && name.startsWith(wanted)
                        && !name.contains("/.")
                        && name.indexOf('%') < 0;
            case DNS -> name.equalsIgnoreCase(wanted);
            case DNS_BELOW -> isOneLabelBelow(name.toLowerCase(Locale.ROOT));
            case EMAIL -> email(name).equals(wanted);
            case KEY -> false;
        };
    }

    private boolean isOneLabelBelow(String name) {
        var label = name.length() - wanted.length();
        return label > 0 && name.endsWith(wanted) && name.indexOf('.') == label && name.charAt(0) != '*';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateMatcher matcher && kind == matcher.kind && wanted.equals(matcher.wanted);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + wanted.hashCode();
    }
}
