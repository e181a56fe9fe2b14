package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** Values that would end in a language: in each parameter of the query, in strings of JSON, in fields that are looked at. */
final class Values implements Tricks {

    private static final int MOST_PARAMETERS = 5;
    private static final String HARMLESS = "portcullis";

    private final String kind;
    private final String about;
    private final List<Value> values;

    /**
     * One value.
     *
     * @param id its id
     * @param place where it stands; empty for parameters and bodies, {@code raw} for parameters, written as it is, else a header field
     * @param text the value
     */
    record Value(String id, String place, String text) {

        boolean isRaw() {
            return place.equals("raw");
        }

        boolean isField() {
            return !place.isEmpty() && !isRaw();
        }

        String sent() {
            return isRaw() ? text : URLEncoder.encode(text, UTF_8);
        }
    }

    Values(String kind, String about, List<Value> values) {
        this.kind = kind;
        this.about = about;
        this.values = List.copyOf(values);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public List<String> ids() {
        return values.stream().map(Value::id).toList();
    }

    @Override
    public List<Shot> against(Scene scene) {
        var shots = new ArrayList<Shot>();
        for (var value : values) {
            if (value.isField()) {
                inField(scene, value, shots);
            } else {
                inQuery(scene, value, shots);
                inBody(scene, value, shots);
            }
        }
        return shots;
    }

    /** Not where the field proves who calls. */
    private static void inField(Scene scene, Value value, List<Shot> shots) {
        if (scene.credentials().stream().noneMatch(line -> Scene.name(line).equalsIgnoreCase(value.place()))) {
            var attack = scene.good().with(value.place(), value.text());
            shots.add(shot(value, "field " + value.place(), attack, scene.good()));
        }
    }

    private static void inQuery(Scene scene, Value value, List<Shot> shots) {
        var parameters = scene.aim().parameters();
        for (var i = 0; i < Math.min(parameters.size(), MOST_PARAMETERS); i++) {
            var attack = scene.good(scene.aim().target(i, value.sent()));
            shots.add(shot(value, "parameter " + parameters.get(i).name(), attack, scene.good()));
        }
        if (parameters.isEmpty() && scene.aim().body().isEmpty()) {
            var path = scene.aim().path();
            var harmless = scene.good(path + "?q=" + HARMLESS);
            var attack = scene.good(path + "?q=" + value.sent());
            shots.add(
                    new Shot(value.id(), "made-up parameter q", attack, harmless, Proof.UNLIKE_THE_HARMLESS_IF_HEEDED));
        }
    }

    private static void inBody(Scene scene, Value value, List<Shot> shots) {
        if (value.isRaw() || scene.aim().body().isEmpty()) {
            return;
        }
        var type = scene.bodyType();
        for (var body : GoodBody.of(scene).with(value.text())) {
            shots.add(shot(value, body.where(), scene.good().body(type, body.bytes()), scene.good()));
        }
    }

    private static Shot shot(Value value, String where, Draft attack, Draft baseline) {
        return new Shot(value.id(), where, attack, baseline, Proof.UNLIKE_THE_HARMLESS);
    }
}
