package dev.portcullis.authz;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.portcullis.Address;
import dev.portcullis.authz.Syntax.Call;
import dev.portcullis.authz.Syntax.Item;
import dev.portcullis.authz.Syntax.Literal;
import dev.portcullis.authz.Syntax.Member;
import dev.portcullis.authz.Syntax.Name;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** The functions of conditions. Lives for one condition. */
final class Calls {

    /** The longest text that is looked into, in characters. */
    static final int MAX_TEXT = 1 << 16;
    /** The longest text that is looked for, in characters. */
    static final int MAX_SOUGHT = 1 << 10;

    private static final long MAX_WORK = 10_000_000;
    private static final int MAX_PROGRAM = 2_000;

    /** How each function is written, and what is said of it. */
    static final Map<String, String> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("has(ATTRIBUTE)", "Whether the attribute, or the part of the body or a claim, is there."),
            Map.entry("hasRole('ROLE')", "Whether the caller has the role, itself or by one that implies it."),
            Map.entry("hasScope('SCOPE')", "Whether the credential has the scope."),
            Map.entry("pathVar('NAME')", "The same as `path.NAME`."),
            Map.entry("size(VALUE)", "How many characters a text has, or how many items a list; also `VALUE.size()`."),
            Map.entry("TEXT.startsWith(TEXT)", "Whether a text begins with the other."),
            Map.entry("TEXT.endsWith(TEXT)", "Whether a text ends with the other."),
            Map.entry("TEXT.contains(TEXT)", "Whether a text has the other in it."),
            Map.entry("TEXT.matches('PATTERN')", "Whether the whole text is what an RE2 pattern says."),
            Map.entry(
                    "request.address.inRange('RANGE')",
                    "Whether the caller's address is in a range such as `203.0.113.0/24`.")));

    private static final Set<String> ALONE = Set.of("has", "hasRole", "hasScope", "pathVar", "size");
    private static final Set<String> OF_SOMETHING =
            Set.of("startsWith", "endsWith", "contains", "matches", "inRange", "size");

    private final Meanings meanings;
    private final Vocabulary vocabulary;

    Calls(Meanings meanings, Vocabulary vocabulary) {
        this.meanings = meanings;
        this.vocabulary = vocabulary;
    }

    Expression of(Call call) {
        var target = call.target();
        var known = target == null ? ALONE : OF_SOMETHING;
        if (!known.contains(call.name())) {
            var place = target == null ? call.start() : target.span().end() + 1;
            throw Mistake.unknown(place, "no function `" + call.name() + "`", call.name(), known);
        }
        var count = target == null || !call.name().equals("size") ? 1 : 0;
        if (call.arguments().size() != count) {
            throw Mistake.at(
                    call.start(), "`" + meanings.source(call) + "` (expected: " + count + " in the parentheses)");
        }
        return target == null ? alone(call, call.arguments().get(0)) : ofSomething(call, target);
    }

    private Expression alone(Call call, Syntax argument) {
        return switch (call.name()) {
            case "has" -> has(call, argument);
            case "size" -> size(call, argument);
            case "pathVar" -> meanings.variable(call, literal(argument));
            case "hasRole" -> hasRole(call, literal(argument));
            default -> hasScope(call, literal(argument));
        };
    }

    private Expression ofSomething(Call call, Syntax target) {
        if (call.name().equals("size")) {
            return size(call, target);
        }
        var argument = call.arguments().get(0);
        return switch (call.name()) {
            case "startsWith" -> onTexts(call, target, String::startsWith);
            case "endsWith" -> onTexts(call, target, String::endsWith);
            case "contains" -> onTexts(call, target, String::contains);
            case "matches" -> matches(call, target, argument);
            default -> inRange(call, target, argument);
        };
    }

    private static String literal(Syntax argument) {
        if (argument instanceof Literal literal && literal.value() instanceof String text && !text.isBlank()) {
            return text;
        }
        throw Mistake.at(argument.start(), "something else than a text in quotes (expected: such as `'orders:read'`)");
    }

    private Expression has(Call call, Syntax argument) {
        var isPart = argument instanceof Member || argument instanceof Item || argument instanceof Name;
        var isVariable = argument instanceof Call inner && inner.name().equals("pathVar");
        if (!isPart && !isVariable) {
            throw Mistake.at(argument.start(), "`" + meanings.source(argument) + "` (expected: an attribute)");
        }
        var part = meanings.of(argument);
        return Expression.of(
                Type.SWITCH,
                meanings.source(call),
                (request, body) -> part.term().find(request, body) != null);
    }

    private Expression hasRole(Call call, String role) {
        var holders = vocabulary.roles().holders(role);
        var held = meanings.of(attribute(call, "roles"));
        return Expression.of(Type.SWITCH, meanings.source(call), (request, body) -> {
            var roles = (Set<?>) held.value(request, body);
            for (var holder : holders) {
                if (roles.contains(holder)) {
                    return true;
                }
            }
            return false;
        });
    }

    private Expression hasScope(Call call, String scope) {
        var held = meanings.of(attribute(call, "scopes"));
        return Expression.of(
                Type.SWITCH,
                meanings.source(call),
                (request, body) -> ((Set<?>) held.value(request, body)).contains(scope));
    }

    private static Member attribute(Call call, String name) {
        return new Member(call.span(), new Name(call.span(), Attribute.PRINCIPAL), name);
    }

    private Expression size(Call call, Syntax argument) {
        var measured = meanings.of(argument);
        var type = measured.type();
        if (type != Type.TEXT && type != Type.ANY && type != Type.TEXTS) {
            throw meanings.expected(argument, measured, "a text or a list");
        }
        return Expression.of(Type.NUMBER, meanings.source(call), (request, body) -> {
            var value = measured.value(request, body);
            if (value instanceof String text) {
                return (long) text.codePointCount(0, text.length());
            }
            return sizeOf(value, measured.source());
        });
    }

    private static Long sizeOf(Object value, String source) {
        var items = Values.items(value);
        if (items == null) {
            throw new Undecided(source, "is neither a text nor a list");
        }
        var size = 0L;
        for (var unused : items) {
            size++;
        }
        return size;
    }

    private Expression textOf(Syntax syntax) {
        var found = meanings.of(syntax);
        if (!found.type().meets(Type.TEXT)) {
            throw meanings.expected(syntax, found, "a text");
        }
        return found;
    }

    private Expression onTexts(Call call, Syntax target, BiPredicate<String, String> function) {
        var text = textOf(target);
        var sought = textOf(call.arguments().get(0));
        return Expression.of(Type.SWITCH, meanings.source(call), (request, body) -> {
            var whole = bounded(text.text(request, body), MAX_TEXT, text);
            return function.test(whole, bounded(sought.text(request, body), MAX_SOUGHT, sought));
        });
    }

    private static String bounded(String text, int bound, Expression source) {
        if (text.length() > bound) {
            throw new Undecided(source.source(), "is longer than " + bound + " characters");
        }
        return text;
    }

    private Expression matches(Call call, Syntax target, Syntax argument) {
        var text = textOf(target);
        var pattern = pattern(argument);
        var longest = (int) Math.min(MAX_TEXT, MAX_WORK / pattern.programSize());
        return Expression.of(Type.SWITCH, meanings.source(call), (request, body) -> {
            var found = bounded(text.text(request, body), longest, text);
            return pattern.matcher(found).matches();
        });
    }

    private static Pattern pattern(Syntax argument) {
        try {
            var pattern = Pattern.compile(literal(argument));
            if (pattern.programSize() > MAX_PROGRAM) {
                throw Mistake.at(argument.start(), "a pattern that is too large (expected: a smaller one)");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw Mistake.at(argument.start(), "no pattern of RE2 (" + e.getDescription() + ")");
        }
    }

    private Expression inRange(Call call, Syntax target, Syntax argument) {
        var address = meanings.of(target);
        if (address.type() != Type.ADDRESS) {
            throw meanings.expected(target, address, "`request.address`");
        }
        try {
            var range = vocabulary.ranges().apply(literal(argument));
            return Expression.of(
                    Type.SWITCH,
                    meanings.source(call),
                    (request, body) -> range.test((Address) address.value(request, body)));
        } catch (Mistake e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw Mistake.at(argument.start(), String.valueOf(e.getMessage()));
        }
    }
}
