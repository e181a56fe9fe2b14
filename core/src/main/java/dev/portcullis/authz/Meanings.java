package dev.portcullis.authz;

import dev.portcullis.authz.Syntax.Call;
import dev.portcullis.authz.Syntax.Item;
import dev.portcullis.authz.Syntax.Items;
import dev.portcullis.authz.Syntax.Literal;
import dev.portcullis.authz.Syntax.Member;
import dev.portcullis.authz.Syntax.Name;
import dev.portcullis.authz.Syntax.Not;
import dev.portcullis.authz.Syntax.Pair;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what a condition means, and whether it can mean anything. Lives for one condition. */
final class Meanings {

    private static final Map<String, String> OFTEN_MEANT = Map.of(
            "claim", "principal.claims",
            "claims", "principal.claims",
            "user", "principal",
            "header", "request.headers",
            "headers", "request.headers",
            "parameter", "request.parameters",
            "query", "request.parameters");

    private final String text;
    private final Vocabulary vocabulary;
    private final Calls calls;
    private final Set<String> roots = new HashSet<>();
    private final Set<String> variables = new HashSet<>();

    Meanings(String text, Vocabulary vocabulary) {
        this.text = text;
        this.vocabulary = vocabulary;
        this.calls = new Calls(this, vocabulary);
    }

    /** The words with which the attributes begin that were asked for so far. */
    Set<String> roots() {
        return roots;
    }

    /** The path variables that were asked for so far. */
    Set<String> variables() {
        return variables;
    }

    /** How something is written. */
    String source(Syntax syntax) {
        return text.substring(syntax.start(), syntax.span().end());
    }

    /** What is true or false. */
    Expression truth(Syntax syntax) {
        var found = of(syntax);
        if (!found.type().meets(Type.SWITCH)) {
            throw expected(syntax, found, "true or false");
        }
        return found;
    }

    Mistake expected(Syntax syntax, Expression found, String what) {
        return Mistake.at(
                syntax.start(), "`" + found.source() + "` is " + found.type().phrase() + " (expected: " + what + ")");
    }

    Expression of(Syntax syntax) {
        if (syntax instanceof Literal literal) {
            var value = literal.value();
            return Expression.of(literal.type(), source(syntax), (request, body) -> value);
        }
        if (syntax instanceof Name name) {
            return root(name);
        }
        if (syntax instanceof Member member) {
            return member(member);
        }
        if (syntax instanceof Item item) {
            return item(item);
        }
        if (syntax instanceof Items) {
            throw Mistake.at(syntax.start(), "a list (expected: only after `in`)");
        }
        return composed(syntax);
    }

    private Expression composed(Syntax syntax) {
        if (syntax instanceof Call call) {
            return calls.of(call);
        }
        if (syntax instanceof Not not) {
            var inner = truth(not.inner());
            return Expression.of(Type.SWITCH, source(syntax), (request, body) -> !inner.holds(request, body));
        }
        return pair((Pair) syntax);
    }

    private Expression pair(Pair pair) {
        var source = source(pair);
        switch (pair.sign()) {
            case "&&" -> {
                var left = truth(pair.left());
                var right = truth(pair.right());
                return Expression.of(
                        Type.SWITCH,
                        source,
                        (request, body) -> left.holds(request, body) && right.holds(request, body));
            }
            case "||" -> {
                var left = truth(pair.left());
                var right = truth(pair.right());
                return Expression.of(
                        Type.SWITCH,
                        source,
                        (request, body) -> left.holds(request, body) || right.holds(request, body));
            }
            default -> {
                return Expression.of(Type.SWITCH, source, comparison(pair));
            }
        }
    }

    private Term comparison(Pair pair) {
        var left = of(pair.left());
        return pair.sign().equals("in") && pair.right() instanceof Items items
                ? Comparisons.among(pair, left, values(items))
                : Comparisons.of(pair, left, of(pair.right()));
    }

    /** A list that is written out. */
    private List<Expression> values(Items items) {
        if (items.items().isEmpty()) {
            throw Mistake.at(items.start(), "an empty list, which holds nothing (expected: at least one value)");
        }
        return items.items().stream().map(this::of).toList();
    }

    private Expression root(Name name) {
        var word = name.name();
        if (word.equals(Attribute.BODY)) {
            roots.add(word);
            return Expression.of(Type.ANY, word, Attribute::body);
        }
        if (word.equals(Attribute.RISK)) {
            roots.add(word);
            var risk = vocabulary.risk().get();
            return Expression.of(Type.NUMBER, word, (request, body) -> risk.applyAsLong(request));
        }
        if (Attribute.roots().contains(word)) {
            throw Mistake.unknown(
                    name.start(), "`" + word + "` is no value (expected: one of its attributes)", word, known(word));
        }
        var meant = OFTEN_MEANT.get(word);
        throw Mistake.unknown(
                name.start(),
                "no attribute `" + word + "`" + (meant == null ? "" : " (expected: `" + meant + "`)"),
                word,
                Attribute.roots());
    }

    private List<String> known(String root) {
        return root.equals(Attribute.PATH)
                ? vocabulary.variables().common().stream()
                        .map(name -> "path." + name)
                        .toList()
                : Attribute.in(root);
    }

    private Expression member(Member member) {
        if (member.target() instanceof Name name && !name.name().equals(Attribute.BODY)) {
            return attribute(member, name);
        }
        if (member.target() instanceof Member inner && inner.target() instanceof Name name) {
            var path = name.name() + "." + inner.name();
            if (path.equals(Attribute.HEADERS) || path.equals(Attribute.PARAMETERS)) {
                roots.add(name.name());
                return Fields.of(path, member, source(member));
            }
        }
        var target = parted(member.target());
        var name = member.name();
        return Expression.of(Type.ANY, source(member), (request, body) -> {
            var found = target.term().find(request, body);
            return found == null ? null : Values.member(found, name);
        });
    }

    private Expression item(Item item) {
        var target = parted(item.target());
        var index = item.index();
        return Expression.of(Type.ANY, source(item), (request, body) -> {
            var found = target.term().find(request, body);
            return found == null ? null : Values.item(found, index);
        });
    }

    /** What may have parts. */
    private Expression parted(Syntax syntax) {
        var target = of(syntax);
        if (target.type() != Type.ANY) {
            throw expected(syntax, target, "something that has parts");
        }
        return target;
    }

    private Expression attribute(Member member, Name root) {
        if (root.name().equals(Attribute.PATH)) {
            return variable(member, member.name());
        }
        var written = root.name() + "." + member.name();
        var found = Attribute.ALL.get(written);
        if (found == null && Attribute.BY_NAME.containsKey(written)) {
            throw Mistake.at(member.start(), "`" + written + "` is no value (expected: `" + written + "['NAME']`)");
        }
        if (found == null) {
            if (!Attribute.roots().contains(root.name())) {
                root(root);
            }
            throw Mistake.unknown(member.start(), "no attribute `" + written + "`", written, Attribute.in(root.name()));
        }
        roots.add(root.name());
        return new Expression(found.type(), source(member), found.oneOf(), term(member, found));
    }

    private Term term(Member member, Attribute found) {
        var crawlers = vocabulary.crawlers();
        return switch (found.name()) {
            case Attribute.COUNTRY -> country(member);
            case Attribute.CRAWLER -> (request, body) -> crawlers.apply(request);
            default -> found.term();
        };
    }

    private Term country(Member member) {
        var countries = vocabulary.countries();
        if (countries == null) {
            throw Mistake.at(
                    member.start(), "nobody tells the country (expected: `geo: { country: file:... }` beside it)");
        }
        return (request, body) -> countries.apply(request.address());
    }

    /** A path variable, however it is written. */
    Expression variable(Syntax syntax, String name) {
        roots.add(Attribute.PATH);
        variables.add(name);
        var known = vocabulary.variables();
        return Expression.of(Type.TEXT, source(syntax), (request, body) -> known.find(request, name));
    }
}
