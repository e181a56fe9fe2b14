package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages of others that want to read answers: none of them may be allowed. Everybody may be, as long as browsers send no credentials. */
final class CorsTricks implements Tricks {

    private static final String EVIL = "https://portcullis-attack.example";

    @Override
    public String kind() {
        return "cors";
    }

    @Override
    public String about() {
        return "Pages of others that want to read answers";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(origins("https://host").keySet());
        ids.add("preflight");
        return ids;
    }

    private static Map<String, String> origins(String own) {
        var host = own.substring(own.indexOf("://") + 3);
        var origins = new LinkedHashMap<String, String>();
        origins.put("other", EVIL);
        origins.put("null", "null");
        origins.put("own-as-prefix", own + ".portcullis-attack.example");
        origins.put("own-as-suffix", "https://portcullis-attack-" + host);
        return origins;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var shots = new ArrayList<Shot>();
        origins(scene.target().origin()).forEach((id, origin) -> {
            var attack = scene.good().line("Origin: " + origin);
            shots.add(new Shot(id, "field Origin", attack, scene.good(), allowing(origin)));
        });
        var preflight = scene.bare()
                .bytes("")
                .without("Content-Length")
                .without("Content-Type")
                .method("OPTIONS")
                .line("Origin: " + EVIL)
                .line("Access-Control-Request-Method: " + scene.aim().method());
        shots.add(new Shot("preflight", "field Origin", preflight, scene.good(), allowing(EVIL)));
        return shots;
    }

    private static Proof allowing(String origin) {
        return Proof.unless("the origin is allowed", (attack, harmless) -> {
            var allowed = attack.field("Access-Control-Allow-Origin");
            var credentials = attack.field("Access-Control-Allow-Credentials").equalsIgnoreCase("true");
            return allowed.equalsIgnoreCase(origin) || allowed.equals("*") && credentials;
        });
    }
}
