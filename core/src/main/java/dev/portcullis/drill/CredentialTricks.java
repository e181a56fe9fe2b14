package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.List;

/** Two credentials in one request, of which one reader may take the first and another the last; and one where it does not belong. */
final class CredentialTricks implements Tricks {

    private static final List<String> IDS = List.of("junk-before", "junk-behind", "token-in-query");

    @Override
    public String kind() {
        return "credentials";
    }

    @Override
    public String about() {
        return "Several credentials in one request, or one in the query";
    }

    @Override
    public List<String> ids() {
        return IDS;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var shots = new ArrayList<Shot>();
        for (var line : scene.credentials()) {
            var name = Scene.name(line);
            if (name.equals("authorization")) {
                var junk = line.substring(0, line.indexOf(':')) + ": Bearer portcullis";
                var before = scene.bare().line(junk).lines(scene.credentials());
                shots.add(new Shot(IDS.get(0), name, before, scene.good(), Proof.UNLIKE_THE_HARMLESS));
                var behind = scene.good().line(junk);
                shots.add(new Shot(IDS.get(1), name, behind, scene.good(), Proof.UNLIKE_THE_HARMLESS));
            }
        }
        if (!scene.token().isEmpty()) {
            var mark = scene.aim().parameters().isEmpty() ? "?" : "&";
            var target = scene.bare().target() + mark + "access_token=" + scene.token();
            shots.add(new Shot(IDS.get(2), "query", scene.bare().target(target), scene.bare(), Proof.NO_WAY_IN));
        }
        return shots;
    }
}
