package dev.portcullis.drill;

import dev.portcullis.drill.Aim.Meant;
import java.util.List;

/** A route that demands a credential, asked without one or with one that is none. */
final class OpenTricks implements Tricks {

    private static final List<String> IDS = List.of("no-credential", "basic-empty", "bearer-empty", "bearer-junk");

    @Override
    public String kind() {
        return "open";
    }

    @Override
    public String about() {
        return "A route that demands a credential, asked without one";
    }

    @Override
    public List<String> ids() {
        return IDS;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var asks = scene.aim().meant() == Meant.PROTECTED
                || scene.aim().meant() == Meant.UNKNOWN && !scene.credentials().isEmpty();
        if (!asks) {
            return List.of();
        }
        var bare = scene.bare();
        return List.of(
                shot(scene, 0, bare),
                shot(scene, 1, bare.line("Authorization: Basic Og==")),
                shot(scene, 2, bare.line("Authorization: Bearer ")),
                shot(scene, 3, bare.line("Authorization: Bearer portcullis")));
    }

    private static Shot shot(Scene scene, int id, Draft attack) {
        var proof = scene.credentials().isEmpty() ? Proof.NEITHER : Proof.UNLIKE_THE_HARMLESS;
        var where = scene.aim().meant() == Meant.UNKNOWN ? "if anybody may call, say --public" : "credential";
        return new Shot(IDS.get(id), where, attack, scene.good(), proof);
    }
}
