package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.portcullis.Verdict;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A signed token taken apart (RFC 7515, section 7.1). Nothing in it is proven yet.
 *
 * <p>Keys that the header brings along or points to ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) are not looked at.
 *
 * @param algorithm the name of the algorithm, as claimed
 * @param type the type, as claimed, in lower case; {@link ClaimRules#ABSENT} when there is none
 * @param kid the id of the key, as claimed; empty when there is none
 * @param payload what was signed, decoded
 * @param signed the bytes that the signature covers
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // taken apart once, never compared
record CompactJws(String algorithm, String type, String kid, byte[] payload, byte[] signed, byte[] signature)
        implements CompactText {

    static CompactText parse(String text) {
        var first = text.indexOf('.');
        var second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            return new Unusable(Denials.MALFORMED);
        }
        var third = text.indexOf('.', second + 1);
        if (third >= 0) {
            var five = text.chars().filter(c -> c == '.').count() == 4;
            return new Unusable(five ? Denials.ENCRYPTED : Denials.MALFORMED);
        }
        var header = StrictBase64.decode(text.substring(0, first));
        var payload = StrictBase64.decode(text.substring(first + 1, second));
        var signature = StrictBase64.decode(text.substring(second + 1));
        if (header == null || payload == null || signature == null) {
            return new Unusable(Denials.MALFORMED);
        }
        var read = StrictJson.object(header);
        var objection = objectionTo(read);
        if (objection instanceof Verdict.Deny deny) {
            return new Unusable(deny);
        }
        var signed = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return new CompactJws(
                read.path("alg").textValue(),
                ClaimRules.plain(read.path("typ").asText(ClaimRules.ABSENT)),
                read.path("kid").asText(""),
                payload,
                signed,
                signature);
    }

    private static Verdict objectionTo(JsonNode header) {
        if (!header.path("alg").isTextual() || !absentOrText(header.get("kid"))) {
            return Denials.MALFORMED;
        }
        if (header.has("crit") || header.has("b64") && !header.path("b64").equals(BooleanNode.TRUE)) {
            return Denials.CRITICAL;
        }
        return absentOrText(header.get("typ"))
                        && !ClaimRules.plain(header.path("typ").asText()).equals(ClaimRules.ABSENT)
                ? Verdict.pass()
                : Denials.TYPE;
    }

    private static boolean absentOrText(@Nullable JsonNode node) {
        return node == null || node.isTextual();
    }
}
