package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens in the one {@code Authorization} header: {@code Bearer} (RFC 6750), or {@code DPoP} (RFC 9449) where an issuer binds them.
 * Thread-safe.
 */
@TrustedBase
abstract sealed class TokenScheme extends Scheme permits Bearer, Introspection, Jwt {

    private static final String HEADER = "Authorization";
    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";

    private final List<Possession> demanded;
    private final Proofs proofs;
    private final boolean takesBearer;
    private final boolean takesDpop;
    private final Verdict.Deny unknown;

    TokenScheme(List<Possession> demanded, Proofs proofs) {
        this.demanded = List.copyOf(demanded);
        this.proofs = requireNonNull(proofs, "proofs");
        this.takesBearer = demanded.stream().anyMatch(Possession::takesBearer);
        this.takesDpop = demanded.stream().anyMatch(Possession::takesDpop);
        var reply = Reply.problem(401, "authentication-required");
        for (var challenge : challenges()) {
            reply = reply.with("WWW-Authenticate", challenge);
        }
        this.unknown = Verdict.deny(reply, Verdict.Evidence.of("unknown-scheme"));
    }

    /** What the token turns out to be. */
    abstract Found find(String token);

    /** What a token says of itself, without proving it. */
    abstract Claim claim(String token);

    @Override
    final Claim claim(Request request) {
        var sent = request.headers(HEADER).get(0);
        var start = (isOf(DPOP, sent) ? DPOP : BEARER).length() + 1;
        var token = isOf(DPOP, sent) || isOf(BEARER, sent);
        return token && start < sent.length() && sent.length() - start <= Jwt.MAX_TOKEN
                ? claim(sent.substring(start))
                : Claim.UNKNOWN;
    }

    /** What the issuers' tokens must be bound to. */
    List<Possession> demanded() {
        return demanded;
    }

    Proofs proofs() {
        return proofs;
    }

    @Override
    final int presented(Request request) {
        return request.headers(HEADER).size();
    }

    @Override
    final List<String> challenges() {
        var all = new ArrayList<String>();
        if (takesBearer) {
            all.add(BEARER + " " + REALM);
        }
        if (takesDpop) {
            all.add(DpopDenials.CHALLENGE);
        }
        return List.copyOf(all);
    }

    @Override
    final Verdict judge(Request request) {
        var sent = request.headers(HEADER).get(0);
        var dpop = takesDpop && isOf(DPOP, sent);
        if (!dpop && !(takesBearer && isOf(BEARER, sent))) {
            return unknown;
        }
        var start = (dpop ? DPOP : BEARER).length() + 1;
        var verdict = sent.length() - start > Jwt.MAX_TOKEN
                ? Denials.TOO_LONG
                : judge(request, start < sent.length() ? sent.substring(start) : "", dpop);
        return dpop && verdict instanceof Verdict.Deny deny && Denials.isOfToken(deny)
                ? DpopDenials.ofToken(deny)
                : verdict;
    }

    private Verdict judge(Request request, String token, boolean dpop) {
        var found = find(token);
        return found.verdict() instanceof Verdict.Deny
                ? found.verdict()
                : proofs.judge(new Proofs.Brought(request, token, dpop), found);
    }

    private static boolean isOf(String scheme, String sent) {
        var length = scheme.length();
        return sent.regionMatches(true, 0, scheme, 0, length)
                && (sent.length() == length || sent.charAt(length) == ' ');
    }

    @Override
    final boolean spends() {
        return takesDpop;
    }

    @Override
    final Verdict spend(Request request, boolean observed) {
        var caller = request.principal();
        return caller != null && takesDpop && isOf(DPOP, request.headers(HEADER).get(0))
                ? proofs.spend(request, caller, observed)
                : Verdict.pass();
    }
}
