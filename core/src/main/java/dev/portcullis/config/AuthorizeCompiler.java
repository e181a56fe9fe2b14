package dev.portcullis.config;

import dev.portcullis.Check;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.authz.Authorization;
import dev.portcullis.authz.Authorizer;
import dev.portcullis.authz.Condition;
import dev.portcullis.authz.Mistake;
import dev.portcullis.authz.PathVariables;
import dev.portcullis.authz.Vocabulary;
import dev.portcullis.config.Asked.OnBody;
import dev.portcullis.match.PathPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles what one policy asks of the caller beside who he is. Lives for one policy. */
final class AuthorizeCompiler {

    private final Site site;
    private final String policy;
    private final At at;
    private final @Nullable List<String> paths;
    private final PathVariables variables;
    private final Set<String> open = new HashSet<>();
    private final List<OnBody> onBody = new ArrayList<>();
    private boolean asksWhoCalls;

    AuthorizeCompiler(Site site, String policy, At at, @Nullable List<String> paths) {
        this.site = site;
        this.policy = policy;
        this.at = at.child("authorize");
        this.paths = paths;
        this.variables = variables(paths);
    }

    /** The variables of a policy's paths. */
    static PathVariables variables(@Nullable List<String> paths) {
        return PathVariables.of(patterns(paths));
    }

    /** The patterns of a policy's paths, without those that are none, as is said where paths are bound. */
    private static List<PathPattern> patterns(@Nullable List<String> paths) {
        return paths == null
                ? List.of()
                : paths.stream().flatMap(AuthorizeCompiler::pattern).toList();
    }

    private static Stream<PathPattern> pattern(String text) {
        try {
            return Stream.of(PathPattern.parse(text));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    /** The path variables that every handler which names the policy must have. */
    Set<String> open() {
        return Set.copyOf(open);
    }

    /** The rules that read the body. */
    List<OnBody> onBody() {
        return List.copyOf(onBody);
    }

    /** Tells whether some of it cannot be asked without a caller. */
    boolean asksWhoCalls() {
        return asksWhoCalls;
    }

    void compile(Authorize part, Mode outer, BiConsumer<Stage, Rule> rules) {
        var mode = at.child("mode").read(part.mode(), Kind.MODE, outer);
        if (Stream.of(part.when(), part.authorizer(), part.stepUp(), part.callout())
                        .allMatch(Objects::isNull)
                && !asksForWho(part)) {
            at.problem(
                    "asks nothing",
                    "write `scopes`, `any-scope`, `roles`, `deny-roles`, `kinds`, `tenant`, `when`, `authorizer`, `step-up` or `callout`");
            return;
        }
        stepUp(part, mode, rules);
        who(part, mode, rules);
        if (part.when() != null) {
            condition(part.when(), mode, rules);
        }
        authorizer(part, mode, rules);
        if (part.callout() != null) {
            callout(part.callout(), mode, rules);
        }
    }

    private void stepUp(Authorize part, Mode mode, BiConsumer<Stage, Rule> rules) {
        if (part.stepUp() != null) {
            asksWhoCalls = true;
            var rule = site.rights().stepUps().rule(at.child("step-up"), policy, part.stepUp(), mode);
            if (rule != null) {
                rules.accept(Stage.AUTHORIZATION, rule);
            }
        }
    }

    private void who(Authorize part, Mode mode, BiConsumer<Stage, Rule> rules) {
        if (asksForWho(part)) {
            asksWhoCalls = true;
            var check = authorization(part);
            if (check != null) {
                rules.accept(Stage.AUTHORIZATION, rule("authorization", check, mode));
            }
        }
    }

    private void authorizer(Authorize part, Mode mode, BiConsumer<Stage, Rule> rules) {
        if (part.authorizer() != null) {
            asksWhoCalls = true;
            var authorizer = site.rights().authorizers().of(at.child("authorizer"), part.authorizer());
            if (authorizer != null) {
                rules.accept(Stage.AUTHORIZATION, rule("authorizer", Authorizer.check(authorizer, variables), mode));
            }
        }
    }

    private void callout(CalloutSettings part, Mode mode, BiConsumer<Stage, Rule> rules) {
        var here = at.child("callout");
        var made = site.rights().callouts().compile(here, part, vocabulary());
        if (made == null) {
            return;
        }
        demandVariables(here.child("send"), made.inputs().variables());
        asksWhoCalls |= made.inputs().asksCaller();
        var stage = made.inputs().asksCaller() ? Stage.AUTHORIZATION : Stage.CONDITION;
        rules.accept(stage, rule("callout", made.check(), mode));
    }

    private Vocabulary vocabulary() {
        return site.rights().vocabulary(variables, site.conduct());
    }

    /** Tells whether something is asked of the caller himself, beside conditions. */
    private static boolean asksForWho(Authorize part) {
        return Stream.of(part.scopes(), part.anyScope(), part.roles(), part.denyRoles(), part.kinds(), part.tenant())
                .anyMatch(Objects::nonNull);
    }

    private void condition(String text, Mode mode, BiConsumer<Stage, Rule> rules) {
        var here = at.child("when");
        try {
            var condition = Condition.of(text, vocabulary());
            demandVariables(here, condition.variables());
            asksWhoCalls |= condition.asksCaller();
            if (condition.asksBody()) {
                onBody.add(new OnBody(
                        Stage.BODY_CONDITION,
                        mode,
                        bytes -> Rule.enforce(policy + ".condition", condition.within(bytes))
                                .in(mode),
                        condition.asksCaller()));
            } else {
                var stage = condition.asksCaller() ? Stage.AUTHORIZATION : Stage.CONDITION;
                rules.accept(stage, rule("condition", condition, mode));
            }
        } catch (Mistake e) {
            here.problem(At.messageOf(e), help(e));
        }
    }

    private static String help(Mistake mistake) {
        if (mistake.known().isEmpty()) {
            return "write a condition such as `path.userId == principal.id || hasRole('support')`";
        }
        return Nearest.to(mistake.written(), mistake.known())
                .map(near -> "did you mean `" + near + "`?")
                .orElse("there are `" + String.join("`, `", mistake.known()) + "`");
    }

    private Rule rule(String what, Check check, Mode mode) {
        return Rule.enforce(policy + "." + what, check).in(mode).alsoOn(Dispatch.FORWARD);
    }

    private @Nullable Check authorization(Authorize part) {
        var demands = Authorization.builder().hierarchy(site.rights().hierarchy());
        demand(at.child("scopes"), part.scopes(), demands::scopes);
        demand(at.child("any-scope"), part.anyScope(), demands::anyScope);
        demand(at.child("roles"), part.roles(), demands::roles);
        demand(at.child("deny-roles"), part.denyRoles(), demands::deniedRoles);
        kinds(part.kinds(), demands);
        if (part.tenant() != null) {
            at.child("tenant")
                    .make(
                            part.tenant(),
                            "write `required`, or where the request names the tenant, such as `header:X-Tenant`",
                            text -> demands.tenant(text, variables));
            demandVariables(at.child("tenant"), demands.variables());
        }
        return at.clean() ? at.make("", "demand something that can be had", unused -> demands.build()) : null;
    }

    private void kinds(@Nullable List<String> words, Authorization.Builder demands) {
        var here = at.child("kinds");
        demandSome(here, words);
        for (var i = 0; words != null && i < words.size(); i++) {
            var kind = here.item(i).read(words.get(i), StepUps.KIND);
            if (kind != null) {
                demands.kinds(Set.of(kind));
            }
        }
    }

    /** Finds it a problem when a path variable is used that the policy's paths do not have. */
    private void demandVariables(At here, Set<String> used) {
        if (paths == null) {
            open.addAll(used);
            return;
        }
        var known = variables.common();
        for (var name : used) {
            if (!known.contains(name)) {
                here.problem(
                        "no `{" + At.shown(name) + "}` in every one of the policy's paths",
                        Nearest.to(name, known)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("write paths such as `/users/{" + At.shown(name) + "}`"));
            }
        }
    }

    private static void demand(
            At here, @Nullable List<String> words, Function<List<String>, Authorization.Builder> setter) {
        demandSome(here, words);
        here.each(words, "write one word an item", word -> setter.apply(List.of(word)));
    }

    private static void demandSome(At here, @Nullable List<String> words) {
        if (words != null && words.isEmpty()) {
            here.problem("an empty list", "name what is demanded, or remove the key");
        }
    }
}
