package dev.portcullis.config;

import dev.portcullis.Rule.OnFailure;
import dev.portcullis.limit.Spread;
import dev.portcullis.limit.Terms;
import java.util.Map;

/**
 * Compiles where and how a limit counts, and what happens when that cannot be told. Lives for one rule.
 *
 * @param counting what limits stand on
 */
record SpreadCompiler(Counting counting) {

    /** What happens to a request whose count is not known: with a store the node counts by itself, unless another word is written. */
    private enum Failure {
        LOCAL,
        DENY,
        PROCEED
    }

    private enum Count {
        EXACT,
        LEASED,
        LOCAL
    }

    private static final Kind<Failure> ON_FAILURE = Kind.choice(
            "consequence", Map.of("local", Failure.LOCAL, "deny", Failure.DENY, "proceed", Failure.PROCEED));
    private static final Kind<Count> COUNT =
            Kind.choice("way to count", Map.of("exact", Count.EXACT, "leased", Count.LEASED, "local", Count.LOCAL));

    /** Adds it to the terms; the consequence of a check that cannot tell. */
    OnFailure compile(At at, LimitWords words, Terms terms) {
        var failure = at.child("on-failure").read(words.onFailure(), ON_FAILURE, Failure.LOCAL);
        var usual = counting.sharedByItself() ? Count.EXACT : Count.LOCAL;
        var count = at.child("count").read(words.count(), COUNT, usual);
        var lease = at.child("lease").read(words.lease(), Kind.COUNT, Spread.SOME);
        if (words.lease() != null && count != Count.LEASED) {
            at.child("lease").problem("a lease, without `count: leased`", "write `count: leased`, or remove it");
        }
        if (count != Count.LOCAL && !counting.shared()) {
            at.child("count")
                    .problem("`" + words.count() + "`, but there is no `store`", "write `store`, or remove it");
        }
        if (count != Count.LOCAL) {
            var spread = new Spread(count == Count.LEASED ? lease : 0, true);
            terms.shared(failure == Failure.LOCAL ? spread : spread.orNobody());
        }
        return failure == Failure.PROCEED ? OnFailure.PROCEED : OnFailure.DENY;
    }
}
