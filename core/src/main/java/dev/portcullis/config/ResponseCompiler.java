package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.http.MediaType;
import dev.portcullis.respond.SizeAlarm;
import dev.portcullis.respond.leak.Action;
import dev.portcullis.respond.leak.Leaks;
import dev.portcullis.respond.mask.Masking;
import dev.portcullis.respond.mask.Show;
import dev.portcullis.schema.ResponseSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles what one policy says of the bodies of responses. */
final class ResponseCompiler {

    private static final long MOST = 64L << 20;
    private static final Kind<Integer> BOUND = new Kind<>(
            "size from 1B to 64MB",
            "write a size such as `1MB`; so much is kept in memory of every response under way",
            text -> Math.toIntExact(demandMost(Kind.SIZE.reader().apply(text))));
    private static final int USUAL = 1 << 20;
    private static final Kind<Boolean> UNJUDGED = Kind.choice("consequence", Map.of("proceed", true, "deny", false));
    private static final Kind<Show> SHOW =
            Kind.choice("word", Map.of("nothing", Show.NOTHING, "last-four", Show.LAST_FOUR, "null", Show.NULL));

    private final Site site;
    private final String policy;
    private final At at;
    private final Mode mode;

    ResponseCompiler(Site site, String policy, At at, Mode mode) {
        this.site = site;
        this.policy = policy;
        this.at = at.child("response-body");
        this.mode = mode;
    }

    private static long demandMost(long size) {
        if (size > MOST) {
            throw new IllegalArgumentException("out of bounds");
        }
        return size;
    }

    void compile(@Nullable ResponseContent part, BiConsumer<Stage, Rule> rules) {
        if (part == null) {
            return;
        }
        var bound = bound(at, part);
        var masks = part.masks();
        var alarm = at.child("alarm-size").read(part.alarmSize(), Kind.SIZE);
        if (part.schema() != null) {
            schema(at.child("schema"), part.schema(), bound, rules);
        }
        if (part.leaks() != null) {
            leaks(at.child("leaks"), part.leaks(), bound, rules);
        }
        if (masks != null && !masks.isEmpty()) {
            masks(masks, bound, rules);
        }
        if (alarm != null) {
            var name = policy + ".response-size";
            var check = new SizeAlarm(name, alarm, site.counting().listener());
            rules.accept(Stage.RESPONSE_SIZE, Rule.enforce(name, check).in(mode));
        }
        if (part.leaks() == null && masks == null && part.alarmSize() == null && part.schema() == null) {
            at.problem("asks nothing", "write `schema`, `leaks`, `masks` or `alarm-size`");
        }
    }

    private Rule rule(String what, Check check, Mode partMode) {
        return Rule.enforce(policy + "." + what, check).in(partMode);
    }

    /** How long a body that is judged may be. */
    static int bound(At at, @Nullable ResponseContent part) {
        return at.child("max-size").read(part == null ? null : part.maxSize(), BOUND, USUAL);
    }

    private void schema(At here, ResponseTerms part, int bound, BiConsumer<Stage, Rule> rules) {
        var terms = ResponseSchema.within(bound);
        var types = here.child("media-types").each(part.mediaTypes(), "write such as `application/json`", text -> {
            MediaType.parse(text);
            return text.toLowerCase(Locale.ROOT);
        });
        here.child("statuses")
                .each(part.statuses(), "write such as `200` or `4XX`", text -> terms.statuses(List.of(text)));
        var json = part.document() == null ? null : site.contents().json(here.child("document"), part.document());
        if (part.document() == null && part.statuses() == null && part.mediaTypes() == null) {
            here.problem("asks nothing", "write `document`, `statuses` or `media-types`");
        }
        terms.mediaTypes(types);
        var check = here.make("", "correct the schema", unused -> (json == null ? terms : terms.schema(json)).build());
        if (check != null) {
            var partMode = here.child("mode").read(part.mode(), Kind.MODE, Mode.OBSERVE);
            rules.accept(Stage.RESPONSE_SCHEMA, rule("response-schema", check, partMode));
        }
    }

    private void leaks(At here, LeakSettings part, int bound, BiConsumer<Stage, Rule> rules) {
        var partMode = here.child("mode").read(part.mode(), Kind.MODE, mode);
        var leaks = Leaks.all(Action.COUNT).within(bound);
        var named = new HashSet<String>();
        kinds(here.child("mask"), part.mask(), named, id -> leaks.kind(id, Action.MASK));
        kinds(here.child("stop"), part.stop(), named, id -> leaks.kind(id, Action.STOP));
        kinds(here.child("ignore"), part.ignore(), named, leaks::without);
        if (!here.child("unjudged").read(part.unjudged(), UNJUDGED, true)) {
            leaks.sparingNothing();
        }
        var check = here.make("", "leave out `leaks`, or look for something", unused -> leaks.build());
        if (check != null) {
            rules.accept(Stage.RESPONSE_LEAKS, rule("response-leaks", check, partMode));
        }
    }

    /** Does something about each kind of a list. */
    @FunctionalInterface
    private interface Doing {

        Leaks.Builder about(String id);
    }

    private static void kinds(At here, @Nullable List<String> ids, Set<String> named, Doing doing) {
        here.each(ids, "kinds are `" + String.join("`, `", Leaks.ids()) + "`", id -> {
            var done = doing.about(id);
            if (!named.add(id)) {
                throw new IllegalArgumentException("`" + id + "` twice (expected: each kind in one of the lists)");
            }
            return done;
        });
    }

    private void masks(Map<String, MaskSettings> masks, int bound, BiConsumer<Stage, Rule> rules) {
        var here = at.child("masks");
        var fields = new ArrayList<Masking.Field>();
        masks.forEach((name, mask) -> {
            var field = field(here.child(name), mask);
            var check = field == null ? null : make(here.child(name), List.of(field), bound);
            if (check != null) {
                fields.add(field);
            }
        });
        var check = fields.size() == masks.size() ? make(here, fields, bound) : null;
        if (check != null) {
            rules.accept(
                    Stage.RESPONSE_MASKS, rule("response-masks", check, mode).alsoOn(Dispatch.FORWARD));
        }
    }

    private static @Nullable Masking make(At here, List<Masking.Field> fields, int bound) {
        return here.make("", "correct the pointer", unused -> new Masking(fields, bound));
    }

    private Masking.@Nullable Field field(At here, MaskSettings mask) {
        var pointers = mask.pointers();
        if (pointers == null || pointers.isEmpty()) {
            here.child("pointers").problem("no pointers", "say where the field is, such as `/items/*/card`");
            return null;
        }
        var show = here.child("show").read(mask.show(), SHOW, Show.NOTHING);
        var roles = mask.plainForRoles() == null ? List.<String>of() : mask.plainForRoles();
        var scopes = mask.plainForScopes() == null ? List.<String>of() : mask.plainForScopes();
        return new Masking.Field(pointers, holders(roles), Set.copyOf(scopes), show);
    }

    /** The roles, and those that make up for them. */
    private Set<String> holders(List<String> roles) {
        return roles.stream()
                .flatMap(role -> site.rights().hierarchy().holders(role).stream())
                .collect(Collectors.toSet());
    }
}
