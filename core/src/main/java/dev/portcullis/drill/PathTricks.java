package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Other spellings of a path, which one reader takes for the path and another does not. */
final class PathTricks implements Tricks {

    /** How a path is spelt, by the id. Those that are ambiguous are wrong for everybody, the others only where somebody is kept away. */
    private static final Map<String, Spelling> AMBIGUOUS = new LinkedHashMap<>();

    private static final Map<String, Spelling> OTHER = new LinkedHashMap<>();

    static {
        AMBIGUOUS.put("two-slashes", path -> "/" + path);
        AMBIGUOUS.put("dot", path -> "/." + path);
        AMBIGUOUS.put("encoded-dot", path -> "/%2e" + path);
        AMBIGUOUS.put("climb", path -> "/portcullis/.." + path);
        AMBIGUOUS.put("encoded-climb", path -> "/portcullis/%2e%2e" + path);
        AMBIGUOUS.put("climb-with-parameter", path -> "/portcullis/..;" + path);
        AMBIGUOUS.put("encoded-slash", path -> "/portcullis/..%2f" + path.substring(1));
        AMBIGUOUS.put("path-parameter", path -> path + ";a=b");
        AMBIGUOUS.put("backslash", path -> "/portcullis\\.." + path);
        AMBIGUOUS.put("encoded-backslash", path -> "/portcullis%5c.." + path);
        AMBIGUOUS.put("null-byte", path -> path + "%00");
        AMBIGUOUS.put("twice-encoded", path -> "/portcullis/%252e%252e" + path);
        AMBIGUOUS.put("overlong", path -> "/portcullis/%c0%ae%c0%ae" + path);
        OTHER.put("slash-behind", path -> path + "/");
        OTHER.put("blank-behind", path -> path + "%20");
        OTHER.put("tab-behind", path -> path + "%09");
        OTHER.put("dot-behind", path -> path + "/%2e");
        OTHER.put("extension", path -> path + ".json");
        OTHER.put("capitals", path -> path.toUpperCase(Locale.ROOT));
        OTHER.put("encoded-letter", PathTricks::letterEncoded);
        OTHER.put("fragment", path -> path + "#");
    }

    private interface Spelling {
        String of(String path);
    }

    private static String letterEncoded(String path) {
        for (var i = 1; i < path.length(); i++) {
            var c = path.charAt(i);
            if (Character.isLetter(c)) {
                return path.substring(0, i) + "%" + Integer.toHexString(c) + path.substring(i + 1);
            }
        }
        return path;
    }

    @Override
    public String kind() {
        return "path";
    }

    @Override
    public String about() {
        return "Other spellings of a path, which one reader takes for the path and another does not";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(AMBIGUOUS.keySet());
        ids.addAll(OTHER.keySet());
        return ids;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var shots = new ArrayList<Shot>();
        AMBIGUOUS.forEach((id, spelling) -> {
            var target = scene.target().root() + spelt(scene, spelling);
            shots.add(new Shot(id, "path", scene.bare().target(target), scene.bare(), Proof.NEITHER));
            if (!scene.credentials().isEmpty()) {
                var attack = scene.good().target(target);
                shots.add(new Shot(id, "path", attack, scene.good(), Proof.UNLIKE_THE_HARMLESS));
            }
        });
        OTHER.forEach((id, spelling) -> {
            if (!spelt(scene, spelling).equals(scene.aim().target())) {
                var attack = scene.bare().target(scene.target().root() + spelt(scene, spelling));
                shots.add(new Shot(id, "path", attack, scene.bare(), Proof.NO_WAY_IN));
            }
        });
        return shots;
    }

    private static String spelt(Scene scene, Spelling spelling) {
        var aim = scene.aim();
        return spelling.of(aim.path()) + aim.target().substring(aim.path().length());
    }
}
