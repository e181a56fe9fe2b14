package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import java.util.Arrays;
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
    static final String AGREED = "ECDH-ES";
    static final Set<String> AGREEMENTS = Set.of(AGREED, "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW");
    static final List<String> ENCRYPTIONS =
            List.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512");

    private static final int PARTS = 5;
    private static final int BLOCK = 16;
    private static final int VECTOR = 12;

    /** Takes it apart; null when it is none that may be opened. */
    static @Nullable Envelope parse(String text) {
        var parts =
                Arrays.stream(text.split("\\.", -1)).map(StrictBase64::decode).toList();
        if (parts.size() != PARTS || parts.contains(null)) {
            return null;
        }
        var header = StrictJson.object(parts.get(0));
        var algorithm = header.path("alg").asText("");
        var encryption = header.path("enc").asText("");
        var usual = (algorithm.equals(RSA) || AGREEMENTS.contains(algorithm)) && ENCRYPTIONS.contains(encryption);
        return usual && isPlain(header) && isMeasured(parts, algorithm, encryption)
                ? new Envelope(text, algorithm, encryption, header.path("kid").asText(""), header)
                : null;
    }

    /**
     * Tells whether the parts are as long as they must be: no key beside an agreed one (RFC 7516, section 5.2), vectors of 96 bits for GCM
     * and of a block for CBC, tags of their full length (RFC 7518, sections 5.2 and 5.3).
     */
    private static boolean isMeasured(List<byte[]> parts, String algorithm, String encryption) {
        var isAgreed = algorithm.equals(AGREED);
        var isCounted = encryption.endsWith("GCM");
        var tag = isCounted ? BLOCK : Integer.parseInt(encryption.substring(encryption.length() - 3)) / (2 * Byte.SIZE);
        return isAgreed == (parts.get(1).length == 0)
                && parts.get(2).length == (isCounted ? VECTOR : BLOCK)
                && parts.get(4).length == tag;
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
