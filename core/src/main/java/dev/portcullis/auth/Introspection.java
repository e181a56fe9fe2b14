package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.fetch.Answers;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Bearer tokens that only their issuer can read (RFC 6750), about which it is asked (RFC 7662). Thread-safe.
 *
 * <p>A token comes in one {@code Authorization} header. What the issuer answered is kept by the SHA-256 of the token, for this issuer,
 * endpoint and audiences only; the times it named are judged on every request. The issuer is asked once about a token, however many
 * requests bring it at a time. While it cannot be asked nobody can tell: that is no denial.
 */
@TrustedBase
public final class Introspection extends TokenScheme {

    /** How much of answers is kept, in bytes. */
    private static final long ROOM = 8L << 20;

    private final Issuer issuer;
    private final IntrospectionEndpoint endpoint;
    private final Clock clock;
    private final Introspector introspector;
    private final Answers<Fingerprint, Introspected> answers;

    private Introspection(Issuer issuer, IntrospectionEndpoint endpoint, Clock clock, Executor executor) {
        super(List.of(issuer.possession()), Proofs.usual(clock));
        this.issuer = requireNonNull(issuer, "issuer");
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.clock = requireNonNull(clock, "clock");
        this.introspector = new Introspector(issuer.issuer(), endpoint, clock, requireNonNull(executor, "executor"));
        this.answers = new Answers<>("issuer `" + issuer.name() + "`", clock, endpoint.timeout(), ROOM);
    }

    /** Tokens of this issuer, which is asked here. Answers come in on this executor. */
    public static Introspection of(Issuer issuer, IntrospectionEndpoint endpoint, Clock clock, Executor executor) {
        return new Introspection(issuer, endpoint, clock, executor);
    }

    private Introspection(Introspection other, Proofs proofs) {
        super(List.of(other.issuer.possession()), proofs);
        this.issuer = other.issuer;
        this.endpoint = other.endpoint;
        this.clock = other.clock;
        this.introspector = other.introspector;
        this.answers = other.answers;
    }

    /** The same tokens, with all that is known of them, whose holders are judged so. */
    public Introspection with(Proofs others) {
        return new Introspection(this, others);
    }

    @Override
    Claim claim(String token) {
        var print = Fingerprint.of(token);
        var kept = answers.kept(print);
        return kept != null && kept.judge(clock.millis(), issuer.clockSkew()) instanceof Verdict.Pass
                ? Claim.PROVEN
                : Claim.of(print);
    }

    @Override
    Found find(String token) {
        if (!isToken(token)) {
            return Found.denied(Denials.MALFORMED);
        }
        var print = Fingerprint.of(token);
        var kept = answers.kept(print);
        var answer = kept != null
                ? kept
                : answers.await(
                        print,
                        () -> introspector
                                .ask(token)
                                .thenApply(bytes -> Introspected.read(bytes, issuer, endpoint, clock.millis())));
        var verdict = answer.judge(clock.millis(), issuer.clockSkew());
        return new Found(verdict, answer.binding(), issuer.possession());
    }

    /** Whether it is a {@code b64token} (RFC 6750, section 2.1). */
    private static boolean isToken(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (var i = 0; i < end; i++) {
            var c = text.charAt(i);
            var letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && "-._~+/".indexOf(c) < 0) {
                return false;
            }
        }
        return end > 0;
    }
}
