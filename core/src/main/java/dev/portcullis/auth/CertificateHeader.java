package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.Structured;
import dev.portcullis.http.Structured.Bytes;
import dev.portcullis.http.Structured.Item;
import dev.portcullis.http.Structured.Member;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How proxies write a client's certificate into a header. Immutable. */
@TrustedBase
public enum CertificateHeader {
    /** {@code Client-Cert} and {@code Client-Cert-Chain} (RFC 9440). */
    RFC9440,
    /** Envoy's {@code X-Forwarded-Client-Cert} with {@code Cert} or {@code Chain}, of exactly one hop. */
    XFCC,
    /** PEM that is percent-encoded, as nginx writes it; certificates without their first and last lines, parted by commas. */
    URL_ENCODED,
    /** Base64 of each certificate, parted by commas, as Traefik writes it. */
    BASE64;

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /** The certificates, the client's own first; null when they cannot be read in one way alone. */
    @Nullable
    List<X509Certificate> read(Request request, String header) {
        var lines = request.headers(header);
        if (lines.size() != 1) {
            return null;
        }
        return switch (this) {
            case RFC9440 -> structured(lines, request.headers(header + "-Chain"));
            case XFCC -> xfcc(lines.get(0));
            case URL_ENCODED -> {
                var decoded = decoded(lines.get(0));
                yield decoded == null ? null : pems(decoded);
            }
            case BASE64 -> pems(lines.get(0));
        };
    }

    private static @Nullable List<X509Certificate> structured(List<String> own, List<String> chain) {
        var item = Structured.item(own);
        var rest = Structured.list(chain);
        if (item == null || rest == null || rest.size() >= CertificateSource.MAX_CHAIN) {
            return null;
        }
        var members = new ArrayList<Member>(List.of(item));
        members.addAll(rest);
        var encoded = new ArrayList<byte[]>();
        for (var member : members) {
            if (!(member instanceof Item one) || !(one.value() instanceof Bytes bytes)) {
                return null;
            }
            encoded.add(bytes.bytes());
        }
        return X509.read(encoded);
    }

    /** The certificates of the one hop; an element more, and nobody can tell whose word it is. */
    private static @Nullable List<X509Certificate> xfcc(String value) {
        var pairs = XfccElement.parse(value);
        if (pairs == null) {
            return null;
        }
        var cert = pairs.get("cert");
        var chain = pairs.get("chain");
        var text = chain != null ? chain : cert;
        var decoded = text == null ? null : decoded(text);
        var read = decoded == null ? null : pems(decoded);
        if (read == null || cert == null || chain == null) {
            return read;
        }
        var own = decoded(cert);
        var leaf = own == null ? null : pems(own);
        return leaf != null && leaf.size() == 1 && leaf.get(0).equals(read.get(0)) ? read : null;
    }

    /** Certificates as PEM one after the other, or as base64 parted by commas. */
    private static @Nullable List<X509Certificate> pems(String text) {
        var plain = text.replace(END, ",").replace(BEGIN, "").replaceAll("\\s", "");
        var encoded = new ArrayList<byte[]>();
        for (var part : plain.split(",")) {
            if (part.isEmpty()) {
                continue;
            }
            if (encoded.size() == CertificateSource.MAX_CHAIN) {
                return null;
            }
            try {
                encoded.add(Base64.getDecoder().decode(part));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return X509.read(encoded);
    }

    /** Percent-decoded, where a plus is a plus; null when it is not well encoded. */
    private static @Nullable String decoded(String text) {
        var out = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            var octet = i + 2 < text.length() ? hex(text.substring(i + 1, i + 3)) : -1;
            if (octet < 0 || octet > 0x7e) {
                return null;
            }
            out.append((char) octet);
            i += 2;
        }
        return new String(out.toString().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    }

    private static int hex(String two) {
        var high = Character.digit(two.charAt(0), 16);
        var low = Character.digit(two.charAt(1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
