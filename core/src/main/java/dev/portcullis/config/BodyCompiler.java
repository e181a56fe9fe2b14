package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.attack.FormParts;
import dev.portcullis.config.Asked.OnBody;
import dev.portcullis.config.Asked.Size;
import dev.portcullis.http.BodyLimit;
import dev.portcullis.http.BodyTime;
import dev.portcullis.schema.FormBody;
import dev.portcullis.schema.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Compiles what one policy asks of bodies and parameters: size, schema, attacks. */
final class BodyCompiler {

    private final Contents contents;
    private final Watching watching;
    private final String policy;
    private final At at;
    private final Mode mode;

    BodyCompiler(Site site, String policy, At at, Mode mode) {
        this.contents = site.contents();
        this.watching = site.watching();
        this.policy = policy;
        this.at = at;
        this.mode = mode;
    }

    @Nullable
    Size size(@Nullable Content part) {
        var here = at.child("body");
        if (part != null && asksNothing(part)) {
            here.problem("asks nothing", "write `max-size`, `max-time`, `schema` or `encodings`");
        }
        var bytes = part == null ? null : here.child("max-size").read(part.maxSize(), Kind.SIZE);
        return bytes == null ? null : new Size(bytes, rule("body", BodyLimit.of(bytes), mode(part)));
    }

    private static boolean asksNothing(Content part) {
        return part.maxSize() == null && part.maxTime() == null && part.schema() == null && part.encodings() == null;
    }

    /** The rule about how long the body may take; null when there is none. */
    @Nullable
    Rule time(@Nullable Content part) {
        var here = at.child("body").child("max-time");
        var longest = part == null ? null : here.read(part.maxTime(), Kind.DURATION);
        return longest == null ? null : rule("body-time", BodyTime.of(longest, System::nanoTime), mode(part));
    }

    /**
     * The rules that read the body.
     *
     * @param apart whether others take multipart forms apart
     */
    List<OnBody> onBody(Policy written, boolean apart) {
        var body = written.body();
        var attacks = written.attacks();
        var parts = apart || written.form() != null || written.uploads() != null;
        var rules = new ArrayList<OnBody>();
        if (written.form() != null && written.form().schema() != null) {
            form(written, written.form(), rules);
        }
        if (body != null && body.schema() != null) {
            schema(body, body.schema(), rules);
        }
        if (attacks != null) {
            var here = at.child("attacks");
            var own = here.child("mode").read(attacks.mode(), Kind.MODE, mode);
            var taken = parts ? FormParts.DEMANDED : isLeft(written.openapi()) ? FormParts.UNREAD : FormParts.GIVEN;
            rules.addAll(new AttackCompiler(watching, policy, here, own).compile(attacks, taken));
        }
        return rules;
    }

    /** Tells whether the contract says that the application takes multipart forms apart itself. */
    private static boolean isLeft(@Nullable Contract contract) {
        return contract != null && "ignore".equals(contract.multipart());
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

    /** A form has one schema, which no JSON can obey as well. */
    private void form(Policy written, Form part, List<OnBody> rules) {
        var here = at.child("form").child("schema");
        if (written.body() != null && written.body().schema() != null) {
            here.problem("demands a form, and `body.schema` JSON", "write one policy for each");
            return;
        }
        var schema = contents.json(here, String.valueOf(part.schema()));
        var check = schema == null ? null : here.make("", "correct the schema", unused -> FormBody.of(schema, 1));
        if (check == null || schema == null) {
            return;
        }
        var partMode = at.child("form").child("mode").read(part.mode(), Kind.MODE, mode);
        var files = FormCompiler.wholeForm(at, written);
        rules.add(new OnBody(
                Stage.CONTRACT,
                partMode,
                bound -> rule("form-schema", FormBody.of(schema, bound).withFiles(Math.max(files, bound)), partMode)));
    }

    private Mode mode(@Nullable Content part) {
        return at.child("body").child("mode").read(part == null ? null : part.mode(), Kind.MODE, mode);
    }

    private Rule rule(String what, Check check, Mode partMode) {
        return Rule.enforce(policy + "." + what, check).in(partMode);
    }
}
