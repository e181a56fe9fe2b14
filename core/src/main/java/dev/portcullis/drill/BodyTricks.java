package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON that readers disagree about, too much of it, and bodies that say to be something else. */
final class BodyTricks implements Tricks {

    private static final int DEEP = 5_000;
    private static final int LONG = 4 << 20;
    private static final int WIDE = 20_000;
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("type-text", "text/plain");
        TYPES.put("type-form", "application/x-www-form-urlencoded");
        TYPES.put("type-xml", "application/xml");
        TYPES.put("type-unknown", "application/x-portcullis");
        TYPES.put("type-absent", "");
        TYPES.put("charset-utf-7", "application/json; charset=utf-7");
    }

    @Override
    public String kind() {
        return "body";
    }

    @Override
    public String about() {
        return "JSON that readers disagree about, too much of it, and wrong media types; only at aims with a body of JSON";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(variants("{}").keySet());
        ids.addAll(TYPES.keySet());
        ids.add("encoding-unknown");
        return ids;
    }

    /** What becomes of a good body, which ends with the bracket of an object. */
    private static Map<String, String> variants(String good) {
        var open = good.stripTrailing().substring(0, good.stripTrailing().length() - 1);
        var comma = open.strip().equals("{") ? "" : ",";
        var variants = new LinkedHashMap<String, String>();
        variants.put("key-twice", open + comma + "\"portcullis\":1,\"portcullis\":2}");
        variants.put("deep", open + comma + "\"portcullis\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}");
        variants.put("long", open + comma + "\"portcullis\":\"" + "a".repeat(LONG) + "\"}");
        variants.put("wide", open + comma + "\"portcullis\":[" + "0,".repeat(WIDE) + "0]}");
        variants.put("two-texts", good + good);
        variants.put("cut", open);
        variants.put("comment", "/* portcullis */" + good);
        variants.put("single-quotes", open + comma + "'portcullis':1}");
        variants.put("not-a-number", open + comma + "\"portcullis\":NaN}");
        variants.put("invalid-utf-8", open + comma + "\"portcullis\":\"\u00c0\u00ae\"}");
        variants.put("prototype", open + comma + "\"__proto__\":{\"admin\":true}}");
        variants.put("unknown-member", open + comma + "\"portcullisAdmin\":true}");
        return variants;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var good = scene.aim().body();
        if (!scene.hasJson() || !good.strip().startsWith("{")) {
            return List.of();
        }
        var shots = new ArrayList<Shot>();
        variants(good)
                .forEach((id, body) -> shots.add(shot(scene, id, scene.good().body("application/json", body))));
        TYPES.forEach((id, type) -> shots.add(shot(scene, id, scene.good().body(type, good))));
        shots.add(shot(scene, "encoding-unknown", scene.good().line("Content-Encoding: portcullis")));
        return shots;
    }

    private static Shot shot(Scene scene, String id, Draft attack) {
        return new Shot(id, "body", attack, scene.good(), Proof.UNLIKE_THE_HARMLESS);
    }
}
