package dev.portcullis.config;

import dev.portcullis.config.Word.Guard;
import dev.portcullis.config.Word.Level;
import dev.portcullis.config.Word.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles what annotations say of handlers. Lives for one configuration. */
final class HandlerCompiler {

    private final Problems problems;
    private final Map<String, Asked> policies;
    private final BiFunction<At, Written, Asked> compiler;
    private final Map<String, Policy> written = new HashMap<>();
    private final Map<String, Asked> compiled = new HashMap<>();
    private final Set<String> named = new HashSet<>();

    /** A word with what it asks. */
    private record Heard(Level level, Asked asked) {}

    HandlerCompiler(Problems problems, Map<String, Asked> policies, BiFunction<At, Written, Asked> compiler) {
        this.problems = problems;
        this.policies = policies;
        this.compiler = compiler;
    }

    /** The names of the policies that handlers name. */
    Set<String> named() {
        return named;
    }

    Addressee compile(Endpoint handler) {
        var heard = new ArrayList<Heard>();
        for (var word : handler.words()) {
            var asked = asked(word);
            if (asked != null
                    && heard.stream().noneMatch(other -> other.asked().name().equals(asked.name()))) {
                heard.add(new Heard(word.level(), asked));
            }
        }
        if (heard.stream().noneMatch(one -> one.asked().covers())) {
            heard.clear();
        }
        demandVariables(handler, heard);
        var open = heard.stream().anyMatch(one -> one.asked().open());
        var patterns = handler.patterns().stream().map(HandlerPattern::of).toList();
        var at = new At(problems, handler.id());
        var sparing = Sparing.of(at, handler.words());
        var words = lifted(heard).stream()
                .map(word -> word.sparing(sparing.exclusions()).to(handler.signature()))
                .toList();
        return new Addressee(handler.id(), at, patterns, handler.methods(), words, open, sparing, handler.signature());
    }

    /** What a word asks; null where it asks nothing. */
    private @Nullable Asked asked(Word word) {
        if (word instanceof Word.Spared) {
            return null;
        }
        return word instanceof Guard guard ? guarded(guard) : compiled((Written) word);
    }

    private void demandVariables(Endpoint handler, List<Heard> heard) {
        for (var one : heard) {
            one.asked().variables().stream()
                    .filter(name -> !isInAll(handler.patterns(), name))
                    .forEach(name -> new At(problems, handler.id())
                            .problem(
                                    "`" + one.asked().name() + "` asks for `{" + At.shown(name)
                                            + "}`, which is not in `" + String.join("`, `", handler.patterns()) + "`",
                                    "name the path variable as the policy does"));
        }
    }

    private static boolean isInAll(List<String> patterns, String variable) {
        var named = Pattern.compile("\\{\\*?" + Pattern.quote(variable) + "[:}]");
        return patterns.stream().allMatch(pattern -> named.matcher(pattern).find());
    }

    private @Nullable Asked guarded(Guard guard) {
        named.add(guard.policy());
        var asked = policies.get(guard.policy());
        if (asked == null) {
            var near = Nearest.to(guard.policy(), policies.keySet()).map(name -> "did you mean `" + name + "`?");
            new At(problems, guard.place())
                    .problem("no policy `" + At.shown(guard.policy()) + "`", near.orElse("write it under `policies`"));
        }
        return asked;
    }

    private Asked compiled(Written word) {
        var at = new At(problems, word.name());
        var before = written.putIfAbsent(word.name(), word.policy());
        if (before != null && !before.equals(word.policy()) || policies.containsKey(word.name())) {
            at.problem("two policies of this name", "give the annotated element, or the policy, another name");
        }
        if (word.policy().paths() != null || word.policy().methods() != null) {
            at.problem("an annotation with paths or methods of its own", "the handler's mapping says these");
        }
        return compiled.computeIfAbsent(word.name(), name -> compiler.apply(at, word));
    }

    /** What is left of the words once a nearer one has said that anybody may call. */
    private static List<Asked> lifted(List<Heard> heard) {
        var level = heard.stream()
                .filter(one -> one.asked().open())
                .map(Heard::level)
                .max(Level::compareTo);
        if (level.isEmpty()) {
            return heard.stream().map(Heard::asked).toList();
        }
        var words = new ArrayList<Asked>();
        for (var one : heard) {
            if (one.level() == level.get() && one.asked().asksWhoCalls()) {
                one.asked()
                        .at()
                        .problem("asks who calls, beside a word that says anybody may", "remove one of the two");
            }
            words.add(one.level().compareTo(level.get()) < 0 ? one.asked().lifted() : one.asked());
        }
        return words;
    }
}
