package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.attack.Exclusion;
import dev.portcullis.config.DerivationCompiler.Held;
import dev.portcullis.schema.Signature;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one word asks of a request, compiled as far as it can be without the other words. Immutable.
 *
 * @param name what its rules' names begin with
 * @param at where it is written
 * @param written what is written
 * @param mode the mode of its rules where a part does not say else
 * @param open whether it says that anybody may call
 * @param rules what is asked beside all other words' rules
 * @param ways how the caller must say who calls; null when it says nothing of that
 * @param size how large a body may be; null when it says nothing of that
 * @param onBody the rules that read the body, made for the bound that all words together leave
 * @param variables the path variables that every handler to which it speaks must have
 * @param held how it holds handlers to their own types; null when it does not
 */
record Asked(
        String name,
        At at,
        Policy written,
        Mode mode,
        boolean open,
        Map<Stage, List<Rule>> rules,
        @Nullable Ways ways,
        @Nullable Size size,
        List<OnBody> onBody,
        Set<String> variables,
        @Nullable Held held) {

    /** Ways to say who calls, and whether one is demanded. */
    record Ways(List<String> names, Mode mode) {

        /** Tells whether callers must prove who they are. */
        boolean demanded() {
            return !names.contains(Identities.ANONYMOUS);
        }
    }

    /** How large a body may be. */
    record Size(long bytes, Rule rule) {}

    /** A rule that reads the body, and whether it asks who calls. */
    record OnBody(Stage stage, Mode mode, LongFunction<Rule> rule, boolean asksWhoCalls) {

        OnBody(Stage stage, Mode mode, LongFunction<Rule> rule) {
            this(stage, mode, rule, false);
        }
    }

    /** The same word, of which attack rules spare more. */
    Asked sparing(List<Exclusion> more) {
        if (more.isEmpty()) {
            return this;
        }
        var sparing = onBody.stream()
                .map(part -> part.rule() instanceof AttackRule attacks
                        ? new OnBody(part.stage(), part.mode(), attacks.sparing(more), part.asksWhoCalls())
                        : part)
                .toList();
        return new Asked(name, at, written, mode, open, rules, ways, size, sparing, variables, held);
    }

    List<Rule> on(Stage stage) {
        return rules.getOrDefault(stage, List.of());
    }

    /** Tells whether a handler is covered by it: a date at which it ends says nothing of who may call until then. */
    boolean covers() {
        var end = Policy.builder()
                .sunset(written.deprecated(), written.sunset(), written.sunsetLink())
                .build();
        return !written.equals(end) || end.equals(Policy.builder().build());
    }

    boolean asksWhoCalls() {
        return ways != null || !modesOfIdentity().isEmpty();
    }

    /** The modes of the rules that cannot be asked without a caller. */
    List<Mode> modesOfIdentity() {
        return Stream.concat(
                        on(Stage.AUTHORIZATION).stream().map(Rule::mode),
                        onBody.stream().filter(OnBody::asksWhoCalls).map(OnBody::mode))
                .distinct()
                .toList();
    }

    /** The same word without what it asks of the caller's identity. */
    Asked lifted() {
        var rest = new EnumMap<Stage, List<Rule>>(Stage.class);
        rest.putAll(rules);
        rest.remove(Stage.AUTHORIZATION);
        var anybody = onBody.stream().filter(part -> !part.asksWhoCalls()).toList();
        return new Asked(name, at, written, mode, open, rest, null, size, anybody, variables, held);
    }

    /** The same word to a handler: it holds him to what his types say. */
    Asked to(@Nullable Signature signature) {
        var contract = held == null || signature == null ? null : held.of(signature);
        if (contract == null) {
            return this;
        }
        var all = Stream.concat(onBody.stream(), Stream.of(contract)).toList();
        return new Asked(name, at, written, mode, open, rules, ways, size, all, variables, null);
    }
}
