package dev.portcullis.denial;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.denial.Target.What;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Denies addresses, routes and rules that an operator has denied: 403 {@code denied-by-operator}. Thread-safe.
 *
 * <p>It goes on with what is known when the ledger is away: whoever takes the ledger down must not take the service down.
 */
@TrustedBase
public final class Suspension implements Check {

    private static final Reply REPLY = Reply.problem(403, "denied-by-operator");

    private final DenyList list;
    private final List<String> rules;

    private Suspension(DenyList list, List<String> rules) {
        this.list = requireNonNull(list, "list");
        this.rules = List.copyOf(rules);
    }

    /** A check for requests that meet these rules, each by its name and by all that its name begins with up to a full stop. */
    public static Suspension of(DenyList list, List<String> rules) {
        return new Suspension(
                list, rules.stream().flatMap(Suspension::names).distinct().toList());
    }

    private static Stream<String> names(String rule) {
        return IntStream.rangeClosed(0, rule.length())
                .filter(end -> end == rule.length() || rule.charAt(end) == '.')
                .mapToObj(end -> rule.substring(0, end));
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        var known = list.lastKnown();
        if (known.isEmpty()) {
            return Verdict.pass();
        }
        var denial = find(known, request);
        return denial == null ? Verdict.pass() : because(denial);
    }

    private @Nullable Denial find(Known known, Request request) {
        var now = list.now();
        var denial = known.ofAddress(request.address(), now);
        var route = request.route();
        if (denial == null && route != null) {
            denial = known.of(What.ROUTE, route.template(), now);
            denial = denial == null ? known.of(What.ROUTE, route.id(), now) : denial;
        }
        for (var i = 0; denial == null && i < rules.size() && known.denies(What.RULE); i++) {
            denial = known.of(What.RULE, rules.get(i), now);
        }
        return denial;
    }

    static Verdict.Deny because(Denial denial) {
        return Verdict.deny(REPLY, evidence("denied-by-operator", denial));
    }

    static Evidence evidence(String reason, Denial denial) {
        return new Evidence(reason, List.of(denial.id()), denial.target().what().word());
    }
}
