package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Another path or another method than the request line says. Where an override is obeyed, an answer loses its body. */
final class OverrideTricks implements Tricks {

    private static final Map<String, String> PATHS = new TreeMap<>(Map.of(
            "x-original-url", "X-Original-URL",
            "x-rewrite-url", "X-Rewrite-URL",
            "x-forwarded-prefix", "X-Forwarded-Prefix"));
    private static final Map<String, String> METHODS = new TreeMap<>(Map.of(
            "x-http-method-override", "X-HTTP-Method-Override",
            "x-http-method", "X-HTTP-Method",
            "x-method-override", "X-Method-Override"));
    private static final List<String> WAYS = List.of("head-without-credential", "unknown-method", "small-letters");
    private static final Proof WITHOUT_BODY = Proof.unless(
            "the override is obeyed",
            (attack, harmless) -> attack.isSuccess()
                    && harmless.isSuccess()
                    && !harmless.body().isEmpty()
                    && attack.body().isEmpty());

    @Override
    public String kind() {
        return "override";
    }

    @Override
    public String about() {
        return "Another path or another method than the request line says";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(PATHS.keySet());
        ids.addAll(METHODS.keySet());
        ids.addAll(WAYS);
        return ids;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var shots = new ArrayList<Shot>();
        PATHS.forEach((id, name) -> shots.addAll(scene.waysIn(id, draft -> draft.line(name + ": /"))));
        if (scene.aim().method().equals("GET")) {
            METHODS.forEach((id, name) -> shots.add(
                    new Shot(id, "field " + name, scene.good().line(name + ": HEAD"), scene.good(), WITHOUT_BODY)));
            var kept = scene.bare();
            shots.add(new Shot(WAYS.get(0), "method", kept.method("HEAD"), kept, Proof.NO_WAY_IN));
            shots.add(new Shot(WAYS.get(1), "method", kept.method("PORTCULLIS"), kept, Proof.NO_WAY_IN));
            shots.add(new Shot(WAYS.get(2), "method", kept.method("get"), kept, Proof.NO_WAY_IN));
        }
        return shots;
    }
}
