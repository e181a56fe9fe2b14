package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.cors.CrossSite;
import dev.portcullis.form.FormFields;
import dev.portcullis.form.Uploads;
import dev.portcullis.match.PathPattern;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles what one policy asks of forms, of files, and of pages of other sites. */
final class FormCompiler {

    /** What the names of rules about files end with. */
    static final String UPLOADS = ".uploads";

    private static final Kind<Boolean> CONSEQUENCE = Kind.choice("consequence", Map.of("allow", true, "deny", false));
    private static final Kind<Consumer<CrossSite.Builder>> UNKNOWN = Kind.choice(
            "consequence",
            Map.of(
                    "without-cookies", guard -> {},
                    "allow", CrossSite.Builder::allowingUnknown,
                    "deny", CrossSite.Builder::denyingUnknown));
    private static final Kind<Boolean> CONTENT = Kind.choice("consequence", Map.of("verify", true, "ignore", false));
    private static final String ORIGINS = "name each in full, such as `https://app.example.com`";
    private static final long MOST_FIELDS = 100;
    private static final long FIELD_SIZE = 64 << 10;
    private static final long TEN_MEBI = 10L << 20;

    private final String policy;
    private final At at;
    private final Mode mode;
    private final BiConsumer<Stage, Rule> rules;

    FormCompiler(String policy, At at, Mode mode, BiConsumer<Stage, Rule> rules) {
        this.policy = policy;
        this.at = at;
        this.mode = mode;
        this.rules = rules;
    }

    /** How long a whole multipart form may be: as `uploads` or `body` say, else 10 MiB. */
    static long wholeForm(At at, Policy written) {
        if (written.uploads() != null) {
            return at.child("uploads").child("max-size").read(written.uploads().maxSize(), Kind.SIZE, TEN_MEBI);
        }
        var size = written.body() == null ? null : written.body().maxSize();
        return at.child("body").child("max-size").read(size, Kind.SIZE, TEN_MEBI);
    }

    void compile(Policy written) {
        if (written.crossSite() != null) {
            crossSite(at.child("cross-site"), written.crossSite(), written.cors());
        }
        var size = written.body() == null ? null : written.body().maxSize();
        var bytes = at.child("body").child("max-size").read(size, Kind.SIZE);
        if (written.form() != null) {
            form(at.child("form"), written.form(), written.uploads(), bytes);
        }
        if (written.uploads() != null) {
            uploads(at.child("uploads"), written.uploads());
        }
    }

    private void crossSite(At here, CrossSiteGuard part, @Nullable CrossOrigin cors) {
        var guard = CrossSite.builder();
        if (!here.child("same-site").read(part.sameSite(), CONSEQUENCE, true)) {
            guard.denyingSameSite();
        }
        if (!here.child("navigations").read(part.navigations(), CONSEQUENCE, true)) {
            guard.denyingNavigations();
        }
        if (here.child("frames").read(part.frames(), CONSEQUENCE, false)) {
            guard.allowingFrames();
        }
        here.child("unknown").read(part.unknown(), UNKNOWN, guarding -> {}).accept(guard);
        var exempt = here.child("exempt").each(part.exempt(), "write paths such as `/embed/**`", PathPattern::parse);
        guard.exempt(path -> HttpsCompiler.covers(exempt, path));
        here.child("origins").each(part.origins(), ORIGINS, origin -> guard.origins(List.of(origin)));
        if (here.child("origins").clean()) {
            guard.origins(origins(part, cors));
        }
        add(Stage.CROSS_SITE, Rule.enforce(policy + ".cross-site", guard.build()), here, part.mode());
    }

    /** The origins of the guard and those that CORS names; what is wrong with the latter is told there, and any at all is no name. */
    private static List<String> origins(CrossSiteGuard part, @Nullable CrossOrigin cors) {
        var own = part.origins() == null ? List.<String>of() : part.origins();
        var named = cors == null || cors.origins() == null ? List.<String>of() : cors.origins();
        var good = named.stream().filter(FormCompiler::isOrigin);
        return Stream.concat(own.stream(), good).toList();
    }

    private static boolean isOrigin(String text) {
        try {
            CrossSite.builder().origins(List.of(text));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void form(At here, Form part, @Nullable FileUploads files, @Nullable Long maxBody) {
        var most = here.child("max-fields").read(part.maxFields(), Kind.COUNT, MOST_FIELDS);
        var size = here.child("max-field-size").read(part.maxFieldSize(), Kind.SIZE, FIELD_SIZE);
        var check = here.child("max-fields")
                .make("", "write a number up to 200", any -> FormFields.of(Math.toIntExact(most), size));
        if (check == null) {
            return;
        }
        demandNames(here, "fields", part.fields());
        var named = part.fields() == null ? check : check.named(part.fields());
        var bounded = files == null
                ? maxBody == null ? named : named.within(maxBody)
                : named.within(at.child("uploads").child("max-size").read(files.maxSize(), Kind.SIZE, TEN_MEBI));
        add(Stage.FORM, Rule.enforce(policy + ".form", bounded), here, part.mode());
    }

    private void uploads(At here, FileUploads part) {
        var uploads = Uploads.builder();
        uploads.maxSize(here.child("max-size").read(part.maxSize(), Kind.SIZE, TEN_MEBI));
        uploads.maxFileSize(here.child("max-file-size").read(part.maxFileSize(), Kind.SIZE, TEN_MEBI));
        uploads.maxFiles(Math.toIntExact(here.child("max-files").read(part.maxFiles(), Kind.COUNT, 10L)));
        if (part.fields() != null) {
            uploads.fields(part.fields());
        }
        uploads.extensions(here.child("extensions").each(part.extensions(), "write endings such as `pdf`", text -> {
            uploads.extensions(List.of(text));
            return text;
        }));
        uploads.mediaTypes(here.child("media-types").each(part.mediaTypes(), "write types such as `image/*`", text -> {
            uploads.mediaTypes(List.of(text));
            return text;
        }));
        demandNames(here, "fields", part.fields());
        demandNames(here, "extensions", part.extensions());
        demandNames(here, "media-types", part.mediaTypes());
        if (!here.child("content").read(part.content(), CONTENT, true)) {
            uploads.ignoringContent();
        }
        if (here.child("double-extensions").read(part.doubleExtensions(), CONSEQUENCE, false)) {
            uploads.allowingDoubleExtensions();
        }
        add(Stage.FORM, Rule.enforce(policy + UPLOADS, uploads.build()), here, part.mode());
    }

    private static void demandNames(At here, String key, @Nullable List<String> names) {
        if (names != null && names.isEmpty()) {
            here.child(key).problem("nothing in the list", "name some, or remove the key");
        }
    }

    private void add(Stage stage, Rule rule, At here, @Nullable String written) {
        rules.accept(stage, rule.in(here.child("mode").read(written, Kind.MODE, mode)));
    }
}
