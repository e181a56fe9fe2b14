package dev.portcullis.config;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.authz.Condition;
import dev.portcullis.authz.Mistake;
import dev.portcullis.authz.PathVariables;
import dev.portcullis.limit.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what requests cost. Immutable.
 *
 * @param rights what conditions stand on
 * @param conduct what is said of callers who behave badly
 * @param variables the path variables of the policy
 * @param late whether callers are known when the limit is asked
 */
record CostCompiler(Rights rights, Conduct conduct, PathVariables variables, boolean late) {

    private static final long MOST = 1000;
    private static final Kind<Long> PERMITS =
            new Kind<>("whole number from 0 to 10^9", "write a number such as `10`", CostCompiler::permits);

    private static final String FALSE = "condition-false";

    /** A condition with what a request costs of which it holds. */
    private record Priced(Condition condition, long permits) {}

    private static long permits(String text) {
        var number = Cost.number(text, -1);
        if (number < 0 || number > 1_000_000_000) {
            throw new IllegalArgumentException("out of bounds");
        }
        return number;
    }

    Cost compile(At at, @Nullable LimitCost written) {
        if (written == null) {
            return Cost.ONE;
        }
        var usual = at.child("permits").read(written.permits(), PERMITS, 1L);
        var cases = cases(at.child("cases"), written.cases());
        var headers = written.header() != null || written.responseHeader() != null;
        var largest = cases.stream().mapToLong(Priced::permits).reduce(Math.max(1, usual), Math::max);
        var most = at.child("most").read(written.most(), Kind.COUNT, headers ? Math.max(MOST, largest) : largest);
        var header = name(at.child("header"), written.header());
        var responseHeader = name(at.child("response-header"), written.responseHeader());
        return new Cost(request -> known(request, cases, header, usual), responseHeader, most);
    }

    /** What is known when the request comes. */
    private static long known(Request request, List<Priced> cases, String header, long usual) {
        var cost = cases.isEmpty() ? usual : priced(request, cases, usual);
        var said = header.isEmpty() || !request.fromTrustedPeer() ? null : request.header(header);
        return said == null ? cost : Cost.number(said, cost);
    }

    /** What the first case says that holds; more when one before it cannot be told and says more. */
    private static long priced(Request request, List<Priced> cases, long usual) {
        var least = 0L;
        for (var i = 0; i < cases.size(); i++) {
            var one = cases.get(i);
            if (!(one.condition().check(request) instanceof Verdict.Deny deny)) {
                return Math.max(least, one.permits());
            }
            if (!deny.evidence().reason().equals(FALSE)) {
                least = Math.max(least, one.permits());
            }
        }
        return Math.max(least, usual);
    }

    private static String name(At at, @Nullable String header) {
        if (header != null && !header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
            at.problem("`" + At.shown(header) + "` (expected: the name of a header)", "write such as `X-Cost`");
        }
        return header == null ? "" : header.toLowerCase(Locale.ROOT);
    }

    private List<Priced> cases(At at, @Nullable List<LimitCost.Case> written) {
        var priced = new ArrayList<Priced>();
        for (var i = 0; written != null && i < written.size(); i++) {
            var one = priced(at.item(i), written.get(i));
            if (one != null) {
                priced.add(one);
            }
        }
        return List.copyOf(priced);
    }

    private @Nullable Priced priced(At at, LimitCost.Case written) {
        if (written.when() == null) {
            at.child("when").problem("missing", "write a condition such as `request.method == 'POST'`");
        }
        if (written.permits() == null) {
            at.child("permits").problem("missing", PERMITS.help());
        }
        var permits = at.child("permits").read(written.permits(), PERMITS);
        var condition = written.when() == null ? null : condition(at.child("when"), written.when());
        return permits == null || condition == null ? null : new Priced(condition, permits);
    }

    private @Nullable Condition condition(At at, String text) {
        try {
            var condition = Condition.of(text, rights.vocabulary(variables, conduct));
            if (condition.asksBody()) {
                at.problem("a cost that depends on the body", "let the application say it: `response-header`");
            }
            if (condition.asksCaller() && !late) {
                at.problem(
                        "asks about the caller, whom nobody knows yet when this limit is asked",
                        "count by `client` or `tenant` too");
            }
            if (!variables.common().containsAll(condition.variables())) {
                at.problem("asks for a path variable that not all of the policy's paths have", "ask for another");
            }
            return condition;
        } catch (Mistake e) {
            at.problem(At.messageOf(e), "write a condition such as `request.method == 'POST'`");
            return null;
        }
    }
}
