package dev.portcullis.config;

import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.config.Asked.Size;
import dev.portcullis.cors.Cors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins the words that speak of one request: all are asked, the smallest body and the common ways to authenticate hold, and CORS is
 * taken whole from the nearest.
 *
 * <p>What is enforced depends on enforced words alone, so that removing observed ones changes no outcome.
 *
 * @param words the words, the farthest first
 * @param identities makes the checks that demand one of some ways
 * @param denials makes the rules of what operators deny
 * @param guessing what is done about those who guess
 */
record Conjunction(List<Asked> words, Identities identities, DenialRules denials, Guessing guessing) {

    /** The rules in the order in which they are asked. */
    List<Rule> rules() {
        words.forEach(this::demandIdentity);
        words.forEach(this::demandSchema);
        Encodings.demand(words);
        var rules = new ArrayList<Rule>();
        var before = 0;
        for (var stage : Stage.values()) {
            rules.addAll(on(stage));
            before = stage == Stage.SUSPENSION ? rules.size() : before;
        }
        var names = rules.stream().map(Rule::name).toList();
        rules.add(before, denials.suspension(names));
        return List.copyOf(rules);
    }

    private List<Rule> on(Stage stage) {
        return switch (stage) {
            case CORS_HEADERS, PREFLIGHT -> nearest(stage);
            case RESPONSE_HEADERS -> perMode(this::responseHeaders);
            case SUNSET -> perMode(this::sunset);
            case HANDSHAKE -> handshake();
            case SUSPENSION -> List.of();
            case BRUTE_FORCE -> perMode(this::bruteForce);
            case AUTHENTICATION -> perMode(this::authentication);
            case REVOCATION -> perMode(this::revocation);
            case REPLAY -> perMode(this::replay);
            case BODY_SIZE -> perMode(this::size);
            case CONTRACT, SCHEMA, ATTACKS, BODY_CONDITION -> onBody(stage);
            case FORM -> all(stage).map(this::decoding).toList();
            case CROSS_SITE,
                    ADDRESS,
                    PENALTY,
                    CLIENT_PENALTY,
                    EARLY_LIMIT,
                    LATE_LIMIT,
                    AUTHORIZATION,
                    CONDITION,
                    BODY_TIME,
                    RESPONSE_SCHEMA,
                    RESPONSE_LEAKS,
                    RESPONSE_MASKS,
                    RESPONSE_SIZE -> all(stage).toList();
        };
    }

    private Stream<Rule> all(Stage stage) {
        return words.stream().flatMap(word -> word.on(stage).stream());
    }

    /** The nearest enforced one, so that an observed one takes nothing away. */
    private @Nullable Rule responseHeaders(Mode mode) {
        var rules = inMode(Stage.RESPONSE_HEADERS, mode);
        return rules.isEmpty() ? null : rules.get(rules.size() - 1);
    }

    private @Nullable Rule sunset(Mode mode) {
        return SunsetCompiler.together(inMode(Stage.SUNSET, mode));
    }

    private List<Rule> inMode(Stage stage, Mode mode) {
        return words.stream()
                .flatMap(word -> word.on(stage).stream())
                .filter(rule -> rule.mode() == mode)
                .toList();
    }

    private List<Rule> nearest(Stage stage) {
        for (var i = words.size() - 1; i >= 0; i--) {
            if (!words.get(i).on(stage).isEmpty()) {
                return words.get(i).on(stage);
            }
        }
        return List.of();
    }

    /** The nearest names the origins, as for CORS; where nobody does, pages of other sites are denied. */
    private List<Rule> handshake() {
        var named = nearest(Stage.HANDSHAKE);
        if (!named.isEmpty()) {
            return named;
        }
        var enforced = words.stream().anyMatch(word -> word.mode() == Mode.ENFORCE);
        var name = words.get(words.size() - 1).name() + ".websocket-origin";
        return List.of(Rule.enforce(name, Cors.sameSiteHandshake()).in(enforced ? Mode.ENFORCE : Mode.OBSERVE));
    }

    private static List<Rule> perMode(Function<Mode, @Nullable Rule> maker) {
        return Stream.of(Mode.values()).map(maker).filter(Objects::nonNull).toList();
    }

    private @Nullable Rule authentication(Mode mode) {
        var speaking = speaking(mode);
        if (speaking.isEmpty()) {
            return null;
        }
        var nearest = speaking.get(speaking.size() - 1);
        var common = common(speaking);
        if (common.stream().allMatch(Identities.ANONYMOUS::equals)) {
            var who = speaking.stream().map(word -> "`" + word.name() + "`").collect(Collectors.joining(", "));
            nearest.at()
                    .child("authenticate")
                    .problem(who + " have no way to authenticate in common", "give them one in common");
            return null;
        }
        return Rule.enforce(nearest.name() + ".authentication", authentication(common, mode))
                .in(mode)
                .alsoOn(Dispatch.FORWARD);
    }

    /** The check that asks for one of these ways, whose failures are counted. */
    private Check authentication(List<String> ways, Mode mode) {
        var check = identities.asking(ways, bound(mode));
        var before = check == null ? null : guessing.before(check, mode);
        return check == null || before == null ? identities.authentication(ways, bound(mode)) : before.counting(check);
    }

    private @Nullable Rule bruteForce(Mode mode) {
        var speaking = speaking(mode);
        var check = identities.asking(common(speaking), bound(mode));
        return check == null
                ? null
                : guessing.rule(speaking.get(speaking.size() - 1).name(), check, mode);
    }

    private @Nullable Rule revocation(Mode mode) {
        var speaking = speaking(mode);
        return speaking.isEmpty()
                ? null
                : denials.revocation(speaking.get(speaking.size() - 1).name(), mode);
    }

    /** The rule that uses up what is good once. A forward inside the application is no second use. */
    private @Nullable Rule replay(Mode mode) {
        var speaking = speaking(mode);
        var check = identities.replay(common(speaking), bound(mode), mode);
        return check == null
                ? null
                : Rule.enforce(speaking.get(speaking.size() - 1).name() + ".replay", check)
                        .in(mode);
    }

    private List<Asked> speaking(Mode mode) {
        return words.stream().filter(word -> speaks(word, mode)).toList();
    }

    /** The ways that all of them take, as the nearest lists them. */
    private static List<String> common(List<Asked> speaking) {
        var common = new ArrayList<>(speaking.isEmpty() ? List.<String>of() : names(speaking.get(speaking.size() - 1)));
        speaking.forEach(word -> common.retainAll(names(word)));
        return common;
    }

    private static boolean speaks(Asked word, Mode mode) {
        var ways = word.ways();
        return ways != null && ways.mode() == mode;
    }

    private static List<String> names(Asked word) {
        var ways = word.ways();
        return ways == null ? List.of() : ways.names();
    }

    private @Nullable Rule size(Mode mode) {
        return sizes(mode)
                .min(Comparator.comparingLong(Size::bytes))
                .map(Size::rule)
                .orElse(null);
    }

    private Stream<Size> sizes(Mode mode) {
        return words.stream()
                .map(Asked::size)
                .filter(Objects::nonNull)
                .filter(size -> size.rule().mode() == mode);
    }

    private List<Rule> onBody(Stage stage) {
        return words.stream()
                .flatMap(word -> word.onBody().stream())
                .filter(part -> part.stage() == stage)
                .map(part -> decoding(part.rule().apply(bound(part.mode()))))
                .toList();
    }

    /** The rule, for which encodings are undone that all words allow. */
    private Rule decoding(Rule reader) {
        var decoding = Encodings.of(words, reader.mode());
        return decoding == null ? reader : reader.asking(decoding.around(reader.check()));
    }

    /** How much of a body a rule in the mode may read. */
    private long bound(Mode mode) {
        var heard = mode == Mode.ENFORCE
                ? sizes(mode)
                : words.stream().map(Asked::size).filter(Objects::nonNull);
        return heard.mapToLong(Size::bytes).min().orElse(Body.DEFAULT_BOUND);
    }

    private void demandIdentity(Asked word) {
        for (var mode : word.modesOfIdentity()) {
            var at = word.at().child("authorize");
            if (words.stream().noneMatch(other -> other.ways() != null)) {
                at.problem("nobody says who calls", "add `authenticate: [jwt]` or `authenticate: [api-key]`");
            } else if (mode == Mode.ENFORCE && words.stream().noneMatch(other -> speaks(other, Mode.ENFORCE))) {
                at.problem("enforced, but who calls is only observed", "observe both, or enforce both");
            }
        }
    }

    /** A condition on a body speaks of what is valid, which no other rule says but a schema. */
    private void demandSchema(Asked word) {
        for (var part : word.onBody()) {
            var held = words.stream()
                    .flatMap(other -> other.onBody().stream())
                    .anyMatch(other -> other.stage() == Stage.SCHEMA
                            && (other.mode() == Mode.ENFORCE || part.mode() == Mode.OBSERVE));
            if (part.stage() == Stage.BODY_CONDITION && !held) {
                word.at()
                        .child("authorize")
                        .child("when")
                        .problem("asks about the body, of which no schema holds", "add `body: { schema: ... }`");
            }
        }
    }
}
