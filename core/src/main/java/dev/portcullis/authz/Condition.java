package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Denies requests of which a condition does not hold, such as {@code path.userId == principal.id || hasRole('support')}. Immutable.
 *
 * <p>The condition is written in the syntax of CEL, as far as it goes: comparison, {@code in}, {@code &&}, {@code ||}, {@code !}, and
 * a few functions; no loops, no arithmetic, no code of the application's. What it speaks of is checked when it is compiled. It is
 * read from the left, as far as it takes to tell; whatever is absent then, of another type, or sent twice denies, also under
 * {@code !} and before {@code ||}. Its cost is bounded by its length, which is at most 4096 characters and 256 parts.
 *
 * <p>Codes: 403 {@code not-permitted}; 401 {@code authentication-required} when it asks about a caller and nobody knows who calls.
 */
@TrustedBase
public final class Condition implements Check {

    private final List<Clause> clauses;
    private final Set<String> roots;
    private final Set<String> variables;
    private final long maxBytes;

    /** What must hold besides the other clauses, with the denial where it does not. */
    private record Clause(Expression expression, Verdict.Deny deny) {

        static Clause of(Expression expression) {
            return new Clause(
                    expression,
                    Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("condition-false", expression.source())));
        }
    }

    private Condition(List<Clause> clauses, Meanings meanings, long maxBytes) {
        this(clauses, Set.copyOf(meanings.roots()), Set.copyOf(meanings.variables()), maxBytes);
    }

    private Condition(List<Clause> clauses, Set<String> roots, Set<String> variables, long maxBytes) {
        this.clauses = clauses;
        this.roots = roots;
        this.variables = variables;
        this.maxBytes = maxBytes;
    }

    /**
     * Compiles a condition.
     *
     * @throws Mistake when it is none, speaks of what there is not, or compares what cannot be compared
     */
    public static Condition of(String text, Vocabulary vocabulary) {
        var meanings = new Meanings(requireNonNull(text, "text"), requireNonNull(vocabulary, "vocabulary"));
        var syntax = Grammar.read(text);
        var clauses = new ArrayList<Clause>();
        collect(syntax, meanings, clauses);
        if (meanings.roots().isEmpty()) {
            throw Mistake.at(0, "`" + text + "` is the same for every request (expected: a condition)");
        }
        return new Condition(List.copyOf(clauses), meanings, Body.DEFAULT_BOUND);
    }

    /** Keeps apart what is joined at the top, so that operators are told which of it did not hold. */
    private static void collect(Syntax syntax, Meanings meanings, List<Clause> clauses) {
        if (syntax instanceof Syntax.Pair pair && pair.sign().equals("&&")) {
            collect(pair.left(), meanings, clauses);
            collect(pair.right(), meanings, clauses);
        } else {
            clauses.add(Clause.of(meanings.truth(syntax)));
        }
    }

    /** Tells whether it asks about the caller. */
    public boolean asksCaller() {
        return roots.contains(Attribute.PRINCIPAL);
    }

    /** Tells whether it asks about the body. */
    public boolean asksBody() {
        return roots.contains(Attribute.BODY);
    }

    /** The path variables that it asks for. */
    public Set<String> variables() {
        return variables;
    }

    /** The same condition, which reads bodies of at most so many bytes, if it asks about them. */
    public Condition within(long bytes) {
        return new Condition(clauses, roots, variables, bytes);
    }

    @Override
    public Verdict check(Request request) {
        if (!asksBody() || request.body().isEmpty()) {
            return judge(request, MissingNode.getInstance());
        }
        var content = request.body().content(maxBytes);
        if (content instanceof Body.Content.Denied unread) {
            return unread.deny();
        }
        var json = Json.read(((Body.Content.Whole) content).bytes());
        return json instanceof Json.Read read
                ? judge(request, read.node())
                : Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("condition-undecided", "`body` is no JSON"));
    }

    private Verdict judge(Request request, JsonNode body) {
        try {
            for (var i = 0; i < clauses.size(); i++) {
                var clause = clauses.get(i);
                if (!clause.expression().holds(request, body)) {
                    return denied(request, clause.deny());
                }
            }
            return Verdict.pass();
        } catch (Undecided e) {
            return denied(
                    request, Verdict.deny(Authorization.NOT_PERMITTED, Evidence.of("condition-undecided", e.why())));
        }
    }

    private Verdict denied(Request request, Verdict.Deny deny) {
        return asksCaller() && request.principal() == null ? Authorization.NOBODY : deny;
    }
}
