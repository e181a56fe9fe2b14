package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted token (RFC 7516, section 7.1) whose header says plainly how it is to be opened, to a signed token. Immutable, but for the
 * tree, which nobody changes.
 *
 * <p>Left out are algorithms whose padding tells tales ({@code RSA1_5}), whose cost the sender chooses ({@code PBES2-*}), and that need
 * a secret which both sides have; and texts that are compressed.
 *
 * @param text the whole token
 * @param algorithm how the key is encrypted
 * @param encryption how the text is
 * @param kid the id of the key, as claimed; empty when there is none
 * @param header all that the header says
 */
@TrustedBase
record Envelope(String text, String algorithm, String encryption, String kid, JsonNode header) {

    static final String RSA = "RSA-OAEP-256";
    static final Set<String> AGREEMENTS = Set.of("ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW");
    static final List<String> ENCRYPTIONS =
            List.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512");

    private static final int PARTS = 5;

    /** Takes it apart; null when it is none that may be opened. */
    static @Nullable Envelope parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return null;
        }
        for (var part : parts) {
            if (StrictBase64.decode(part) == null) {
                return null;
            }
        }
        var bytes = StrictBase64.decode(parts[0]);
        var header = StrictJson.object(bytes == null ? new byte[0] : bytes);
        var algorithm = header.path("alg").asText("");
        var encryption = header.path("enc").asText("");
        var usual = (algorithm.equals(RSA) || AGREEMENTS.contains(algorithm)) && ENCRYPTIONS.contains(encryption);
        return usual && isPlain(header)
                ? new Envelope(text, algorithm, encryption, header.path("kid").asText(""), header)
                : null;
    }

    private static boolean isPlain(JsonNode header) {
        var kid = header.path("kid");
        return header.path("alg").isTextual()
                && header.path("enc").isTextual()
                && (kid.isMissingNode() || kid.isTextual())
                && !header.has("crit")
                && !header.has("zip");
    }

    /** Tells whether it says that there is a token in it (RFC 7519, section 5.2). */
    boolean holdsToken() {
        return ClaimRules.plain(header.path("cty").asText("")).equals("jwt");
    }
}
