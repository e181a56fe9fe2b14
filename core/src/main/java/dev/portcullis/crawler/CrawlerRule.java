package dev.portcullis.crawler;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.function.Function;

/** Denies agents that say that they are a crawler, and are not. Thread-safe. */
@TrustedBase
final class CrawlerRule implements Check {

    private static final Reply LATER = Reply.problem(503, "could-not-tell").with("Retry-After", "5");
    private static final Verdict.Deny FORGED =
            Verdict.deny(Reply.problem(403, "agent-denied"), Evidence.of("crawler-forged"));
    private static final Verdict.Deny UNKNOWN = Verdict.deny(LATER, Evidence.of("crawler-unknown"));
    private static final Verdict.Deny UNTOLD = Verdict.deny(LATER, Evidence.of("crawler-untold"));

    private final Function<Request, Standing> standing;
    private final boolean unknownProceed;

    CrawlerRule(Function<Request, Standing> standing, boolean unknownProceed) {
        this.standing = standing;
        this.unknownProceed = unknownProceed;
    }

    @Override
    public Verdict check(Request request) {
        return switch (standing.apply(request)) {
            case NONE, VERIFIED -> Verdict.pass();
            case FORGED -> FORGED;
            case UNTOLD -> UNTOLD;
            case UNKNOWN -> unknownProceed ? Verdict.pass() : UNKNOWN;
        };
    }
}
