package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.http.Structured;
import dev.portcullis.http.Structured.Bytes;
import dev.portcullis.http.Structured.Item;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/**
 * The digests of a body in {@code Content-Digest} (RFC 9530). Stateless.
 *
 * <p>Every digest by SHA-256 or SHA-512 must hold, and there must be one; digests by other algorithms prove nothing, and are not
 * looked at. Of an algorithm that is named twice the last digest counts (RFC 9651, section 3.2): the field is signed, so that nobody
 * else has put it there.
 */
@TrustedBase
final class ContentDigest {

    static final String FIELD = "content-digest";

    private static final Map<String, String> ALGORITHMS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");
    private static final Item WHOLE = new Item(FIELD, Map.of());
    private static final List<Item> PARTS = ALGORITHMS.keySet().stream()
            .map(algorithm -> new Item(FIELD, Map.<String, Object>of("key", algorithm)))
            .toList();

    private ContentDigest() {}

    /** Tells whether a signature covers a digest that is looked at: the whole field, or one of its members. */
    static boolean isCoveredBy(MessageSignature signature) {
        return signature.covers(WHOLE) || PARTS.stream().anyMatch(signature::covers);
    }

    /** The denial of a body that is not the one of the field's lines, or a pass. */
    static Verdict judge(List<String> lines, byte[] body) {
        var field = Structured.dictionary(lines);
        if (field == null) {
            return SignatureDenials.NO_DIGEST;
        }
        var held = 0;
        for (var member : field.members().entrySet()) {
            var algorithm = ALGORITHMS.get(member.getKey());
            if (algorithm == null) {
                continue;
            }
            if (!(member.getValue() instanceof Item item) || !(item.value() instanceof Bytes said)) {
                return SignatureDenials.NO_DIGEST;
            }
            if (!MessageDigest.isEqual(digest(algorithm, body), said.bytes())) {
                return SignatureDenials.DIGEST;
            }
            held++;
        }
        return held > 0 ? Verdict.pass() : SignatureDenials.NO_DIGEST;
    }

    private static byte[] digest(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
