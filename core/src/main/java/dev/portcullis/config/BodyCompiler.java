package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Rule.OnFailure;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Level;
import dev.portcullis.config.Asked.OnBody;
import dev.portcullis.config.Asked.Size;
import dev.portcullis.http.BodyLimit;
import dev.portcullis.schema.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Compiles what one policy asks of bodies and parameters: size, schema, attacks. */
final class BodyCompiler {

    private static final Kind<Level> LEVEL =
            Kind.choice("level", Map.of("low", Level.LOW, "balanced", Level.BALANCED, "strict", Level.STRICT));
    private static final Kind<OnFailure> ON_FAILURE =
            Kind.choice("consequence", Map.of("deny", OnFailure.DENY, "proceed", OnFailure.PROCEED));

    private final Contents contents;
    private final String policy;
    private final At at;
    private final Mode mode;

    BodyCompiler(Contents contents, String policy, At at, Mode mode) {
        this.contents = contents;
        this.policy = policy;
        this.at = at;
        this.mode = mode;
    }

    @Nullable
    Size size(@Nullable Content part) {
        var here = at.child("body");
        if (part != null && part.maxSize() == null && part.schema() == null) {
            here.problem("asks nothing", "write `max-size` or `schema`");
        }
        var bytes = part == null ? null : here.child("max-size").read(part.maxSize(), Kind.SIZE);
        return bytes == null ? null : new Size(bytes, rule("body", BodyLimit.of(bytes), mode(part)));
    }

    /** The rules that read the body. */
    List<OnBody> onBody(@Nullable Content body, @Nullable Detection attacks) {
        var rules = new ArrayList<OnBody>();
        if (body != null && body.schema() != null) {
            schema(body, body.schema(), rules);
        }
        if (attacks != null) {
            attacks(attacks, rules);
        }
        return rules;
    }

    private void schema(Content part, String location, List<OnBody> rules) {
        var here = at.child("body").child("schema");
        var schema = contents.json(here, location);
        if (schema == null) {
            return;
        }
        LongFunction<Check> maker = bound -> JsonBody.of(schema, bound);
        if (here.make("", "correct the schema", unused -> maker.apply(1)) != null) {
            var partMode = mode(part);
            rules.add(new OnBody(Stage.SCHEMA, partMode, bound -> rule("schema", maker.apply(bound), partMode)));
        }
    }

    private Mode mode(@Nullable Content part) {
        return at.child("body").child("mode").read(part == null ? null : part.mode(), Kind.MODE, mode);
    }

    private void attacks(Detection part, List<OnBody> rules) {
        var here = at.child("attacks");
        var partMode = here.child("mode").read(part.mode(), Kind.MODE, mode);
        var consequence = here.child("on-failure").read(part.onFailure(), ON_FAILURE, OnFailure.DENY);
        var level = here.child("level").read(part.level(), LEVEL, Level.BALANCED);
        var attacks = Attacks.builder().level(level);
        exclude(here.child("exclude"), part, attacks);
        rules.add(new OnBody(
                Stage.ATTACKS,
                partMode,
                bound -> rule("attacks", attacks.maxBytes(bound).build(), partMode)
                        .whenItCannotTell(consequence)));
    }

    private static void exclude(At here, Detection part, Attacks.Builder attacks) {
        var exclusions = part.exclude();
        for (var i = 0; exclusions != null && i < exclusions.size(); i++) {
            var item = here.item(i);
            var detector = exclusions.get(i).detector();
            var parameter = exclusions.get(i).parameter();
            if (detector == null || parameter == null || parameter.isBlank()) {
                item.problem(
                        "not both of `detector` and `parameter`",
                        "name the one detector and the one parameter that do not get along");
                continue;
            }
            item.child("detector")
                    .make(
                            detector,
                            "detectors are `" + String.join("`, `", Attacks.detectors()) + "`",
                            text -> attacks.exclude(text, parameter));
        }
    }

    private Rule rule(String what, Check check, Mode partMode) {
        return Rule.enforce(policy + "." + what, check).in(partMode);
    }
}
