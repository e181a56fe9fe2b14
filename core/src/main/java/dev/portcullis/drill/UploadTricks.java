package dev.portcullis.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Files that lie about what they are or want to go elsewhere, and forms that readers take apart differently. */
final class UploadTricks implements Tricks {

    private static final int MOST_FILES = 2;
    private static final int MANY = 1_000;
    private static final int LONG = 300;
    private static final String PAGE = "<html><script>alert(1)</script></html>";
    private static final String PROGRAM = "MZ\u0090\0\3\0\0\0\4\0\0\0\u00ff\u00ff\0\0";
    private static final String TEMPLATE = "<?php echo 1; ?>";
    private static final String PICTURE = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    private static final Map<String, String> FILE_NAMES = new LinkedHashMap<>();
    private static final Map<String, UnaryOperator<GoodParts.Part>> FILES = new LinkedHashMap<>();
    private static final Map<String, UnaryOperator<GoodParts>> FORMS = new LinkedHashMap<>();

    static {
        FILE_NAMES.put("name-climb", "../../portcullis.txt");
        FILE_NAMES.put("name-climb-windows", "..\\..\\portcullis.txt");
        FILE_NAMES.put("name-climb-encoded", "%2e%2e%2fportcullis.txt");
        FILE_NAMES.put("name-absolute", "/etc/portcullis");
        FILE_NAMES.put("name-page", "portcullis.jsp");
        FILE_NAMES.put("name-page-amid", "portcullis.jsp.png");
        FILE_NAMES.put("name-cut", "portcullis.jsp%00.png");
        FILE_NAMES.put("name-stream", "portcullis.jsp::$DATA");
        FILE_NAMES.put("name-settings", ".htaccess");
        FILE_NAMES.put("name-turned", "portcullis\u202egnp.exe");
        FILE_NAMES.put("name-markup", "<img src=x onerror=alert(1)>.png");
        FILE_NAMES.put("name-long", "a".repeat(LONG) + ".png");
        FILES.put("type-page", part -> part.type("text/html"));
        FILES.put("name-twice", part -> part.saying("filename=\"portcullis.jsp\""));
        FILES.put("name-extended", part -> part.saying("filename*=UTF-8''portcullis.jsp"));
        FILES.put("transfer-encoding", part -> part.line("Content-Transfer-Encoding", "base64"));
        FORMS.put("unknown-part", form -> form.and(List.of(field("portcullisAdmin", "true"))));
        FORMS.put("charset-field", form -> form.and(List.of(field("_charset_", "utf-7"))));
        FORMS.put("many-parts", form -> form.and(Collections.nCopies(MANY, field("portcullis", "1"))));
    }

    private static GoodParts.Part field(String name, String value) {
        return new GoodParts.Part(List.of("Content-Disposition: form-data; name=\"" + name + "\""), value);
    }

    /** What no picture or document holds; of a text, nobody can tell. */
    private static Map<String, String> contents(String good) {
        var contents = new LinkedHashMap<String, String>();
        contents.put("content-page", PAGE);
        contents.put("content-program", PROGRAM);
        contents.put("content-template", TEMPLATE);
        contents.put("content-drawing", PICTURE);
        contents.put("content-behind", good + TEMPLATE);
        return contents;
    }

    @Override
    public String kind() {
        return "uploads";
    }

    @Override
    public String about() {
        return "Files that lie, and forms that readers take apart differently; only at aims with a multipart body";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(FILE_NAMES.keySet());
        ids.addAll(FILES.keySet());
        ids.addAll(contents("").keySet());
        ids.addAll(FORMS.keySet());
        ids.addAll(List.of("boundary-absent", "boundary-twice", "cut"));
        return ids;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var form = GoodParts.parse(scene.aim().body());
        var shots = new ArrayList<Shot>();
        if (form == null) {
            return shots;
        }
        var files = 0;
        for (var i = 0; i < form.parts().size() && files < MOST_FILES; i++) {
            if (form.parts().get(i).isFile()) {
                files++;
                atFile(scene, form, i, shots);
            }
        }
        FORMS.forEach((id, change) -> shots.add(sent(scene, id, "body", change.apply(form))));
        shots.add(shot(scene, "boundary-absent", scene.good().body("multipart/form-data", form.text())));
        shots.add(shot(scene, "boundary-twice", scene.good().body(form.type() + "; boundary=portcullis", form.text())));
        shots.add(shot(scene, "cut", scene.good().body(form.type(), form.open())));
        return shots;
    }

    private static void atFile(Scene scene, GoodParts form, int which, List<Shot> shots) {
        var good = form.parts().get(which);
        var where = "file " + good.name();
        FILE_NAMES.forEach((id, name) -> {
            var written = new String(name.getBytes(UTF_8), ISO_8859_1);
            shots.add(sent(scene, id, where, form.with(which, good.fileName(written))));
        });
        FILES.forEach((id, change) -> shots.add(sent(scene, id, where, form.with(which, change.apply(good)))));
        if (!good.isText()) {
            contents(good.content())
                    .forEach((id, content) ->
                            shots.add(sent(scene, id, where, form.with(which, good.content(content)))));
        }
    }

    private static Shot sent(Scene scene, String id, String where, GoodParts form) {
        return new Shot(
                id, where, scene.good().body(form.type(), form.text()), scene.good(), Proof.UNLIKE_THE_HARMLESS);
    }

    private static Shot shot(Scene scene, String id, Draft attack) {
        return new Shot(id, "head", attack, scene.good(), Proof.UNLIKE_THE_HARMLESS);
    }
}
