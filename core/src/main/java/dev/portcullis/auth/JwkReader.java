package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.Shown;
import java.math.BigInteger;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads key sets (RFC 7517) with suspicion: a key that is not plainly meant and fit to verify is left out, with a note. Immutable.
 *
 * @param algorithms what the issuer may sign with
 * @param published whether all the world can read the key set
 */
@TrustedBase
record JwkReader(Set<Algorithm> algorithms, boolean published) {

    static final int MAX_KEYS = 100;

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 16_384;
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);

    /** The members that make each type of key. All others are left out before the key is made. */
    private static final Map<String, List<String>> PUBLIC_MEMBERS = Map.of(
            "RSA", List.of("kty", "n", "e"),
            "EC", List.of("kty", "crv", "x", "y"),
            "OKP", List.of("kty", "crv", "x"),
            "oct", List.of("kty", "k"));

    /** A key, or the reason why there is none. */
    private sealed interface Read permits Usable, Unusable {}

    private record Usable(VerificationKey key) implements Read {}

    private record Unusable(String why) implements Read {}

    /** Copies the algorithms. */
    JwkReader {
        algorithms = Set.copyOf(algorithms);
    }

    /** A reader of the issuer's key sets. */
    static JwkReader of(Issuer issuer) {
        var source = issuer.keySource();
        var published = source instanceof KeySource.Discovery || source instanceof KeySource.Address;
        return new JwkReader(issuer.algorithms(), published);
    }

    /**
     * Reads a key set.
     *
     * @throws IllegalArgumentException when the bytes are no key set
     */
    KeySet read(byte[] json) {
        var listed = StrictJson.object(json).path("keys");
        if (!listed.isArray() || listed.size() > MAX_KEYS) {
            throw new IllegalArgumentException("not a key set (expected: `keys` with at most " + MAX_KEYS + " keys)");
        }
        var keys = new ArrayList<VerificationKey>();
        var notes = new ArrayList<String>();
        for (var node : listed) {
            var read = read(node);
            if (read instanceof Usable usable) {
                keys.add(usable.key());
            } else {
                notes.add(label(node) + ": " + ((Unusable) read).why());
            }
        }
        return withoutRivals(keys, notes);
    }

    private static String label(JsonNode node) {
        return Shown.of(
                "key `" + node.path("kid").asText("") + "` (" + node.path("kty").asText("") + ")");
    }

    /** Leaves out different keys that tokens cannot tell apart, and repetitions of the same. */
    private static KeySet withoutRivals(List<VerificationKey> keys, List<String> notes) {
        var distinct = keys.stream().distinct().toList();
        var clear = new ArrayList<VerificationKey>();
        for (var key : distinct) {
            var rivalled = distinct.stream().anyMatch(key::rivals);
            if (rivalled) {
                notes.add(Shown.of("key `" + key.kid() + "`: the id is another key's as well"));
            } else {
                clear.add(key);
            }
        }
        return new KeySet(clear, notes);
    }

    /** One key that is plainly meant and fit to verify; null when it is not. */
    @Nullable
    VerificationKey one(JsonNode node) {
        return read(node) instanceof Usable usable ? usable.key() : null;
    }

    private Read read(JsonNode node) {
        var purpose = purpose(node);
        if (!purpose.isEmpty()) {
            return new Unusable(purpose);
        }
        if (published && node.has("d")) {
            return new Unusable("its private half is published, so that anybody can sign with it");
        }
        var members = PUBLIC_MEMBERS.get(node.path("kty").asText(""));
        if (members == null) {
            return new Unusable("`kty` is none that is known");
        }
        if (!node.path("kid").isMissingNode() && !node.path("kid").isTextual()) {
            return new Unusable("`kid` is no string");
        }
        try {
            return usable(node, key(node, members));
        } catch (JoseException | RuntimeException e) {
            return new Unusable("cannot be read: " + Shown.of(String.valueOf(e.getMessage())));
        }
    }

    /** Why the key is not meant to verify signatures; empty when it is. */
    private static String purpose(JsonNode node) {
        var use = node.path("use");
        if (!use.isMissingNode() && !use.asText("").equals("sig")) {
            return "`use` is not `sig`";
        }
        var operations = node.path("key_ops");
        if (operations.isMissingNode()) {
            return "";
        }
        for (var operation : operations) {
            if (operation.asText("").equals("verify")) {
                return "";
            }
        }
        return "`key_ops` does not list `verify`";
    }

    private static Key key(JsonNode node, List<String> members) throws JoseException {
        var chosen = new HashMap<String, Object>();
        for (var member : members) {
            var value = node.path(member);
            if (!value.isTextual() || StrictBase64.decode(value.textValue()) == null && !isName(member)) {
                throw new IllegalArgumentException("`" + member + "` is not as it should be");
            }
            chosen.put(member, value.textValue());
        }
        var jwk = JsonWebKey.Factory.newJwk(chosen);
        return jwk instanceof PublicJsonWebKey pair ? pair.getPublicKey() : jwk.getKey();
    }

    private static boolean isName(String member) {
        return member.equals("kty") || member.equals("crv");
    }

    private Read usable(JsonNode node, Key key) {
        var weakness = weakness(key);
        if (!weakness.isEmpty()) {
            return new Unusable(weakness);
        }
        var allowed = fitting(node, key);
        var stated = node.path("alg");
        if (!stated.isMissingNode()) {
            var algorithm = Algorithm.named(stated.asText(""), allowed);
            allowed = algorithm == null ? Set.of() : Set.of(algorithm);
        }
        return allowed.isEmpty()
                ? new Unusable("no allowed algorithm fits it")
                : new Usable(new VerificationKey(node.path("kid").asText(""), key, allowed));
    }

    private static String weakness(Key key) {
        if (key instanceof RSAPublicKey rsa) {
            return weakness(rsa);
        }
        if (key instanceof ECPublicKey ec) {
            return Curves.holds(ec) ? "" : "the point is not on the curve";
        }
        if (key instanceof XECPublicKey) {
            return "a key for key agreement, which signs nothing";
        }
        return !(key instanceof EdECPublicKey edwards) || EdwardsCurve.holds(edwards)
                ? ""
                : "the point is not on the curve, or of small order";
    }

    static String weakness(RSAPublicKey key) {
        var bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            return bits + " bits (expected: " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + ")";
        }
        if (Roca.marks(key.getModulus())) {
            return "made by a faulty generator (CVE-2017-15361)";
        }
        var exponent = key.getPublicExponent();
        return exponent.compareTo(MIN_EXPONENT) >= 0 && exponent.testBit(0) ? "" : "the exponent is even or below 3";
    }

    /** The allowed algorithms that take keys of this type and, for secrets, of this length. */
    private Set<Algorithm> fitting(JsonNode node, Key key) {
        var type = node.path("kty").textValue().equals("EC")
                ? node.path("crv").textValue()
                : node.path("kty").textValue();
        var fitting = EnumSet.noneOf(Algorithm.class);
        for (var algorithm : algorithms) {
            if (algorithm.keyType().equals(type) && (key instanceof PublicKey || algorithm.takesSecretOf(key))) {
                fitting.add(algorithm);
            }
        }
        return fitting;
    }
}
