package dev.portcullis.cors;

import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers preflights: what is allowed, or with no word about it. Immutable. */
@TrustedBase
final class Preflight implements Check {

    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";
    private static final Header VARY =
            new Header("Vary", CorsHeaders.ORIGIN + ", " + REQUEST_METHOD + ", " + REQUEST_HEADERS);
    private static final Reply NOTHING_ALLOWED = Reply.answer(204, List.of(VARY));

    private final Terms terms;
    private final List<Header> common;
    private final Map<String, Verdict> answers;

    Preflight(Terms terms) {
        this.terms = terms;
        this.common = common(terms);
        var known = terms.origins().any() ? List.of(Terms.ANY) : terms.origins().exact();
        this.answers = known.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), this::answer));
    }

    private static List<Header> common(Terms terms) {
        var headers = new ArrayList<Header>();
        if (terms.credentials()) {
            headers.add(Terms.CREDENTIALS);
        }
        headers.add(new Header("Access-Control-Allow-Methods", String.join(",", terms.methods())));
        if (!terms.headers().isEmpty()) {
            headers.add(new Header("Access-Control-Allow-Headers", String.join(",", terms.headers())));
        }
        if (terms.maxAge() != null) {
            headers.add(new Header(
                    "Access-Control-Max-Age", Long.toString(terms.maxAge().toSeconds())));
        }
        headers.add(VARY);
        return List.copyOf(headers);
    }

    private Verdict answer(String origin) {
        var headers = new ArrayList<Header>(common.size() + 1);
        headers.add(new Header(Terms.ALLOW_ORIGIN, origin));
        headers.addAll(common);
        return new Verdict.Answer(Reply.answer(204, headers));
    }

    /** Tells whether a browser asks with this request what it may send. */
    static boolean is(Request request) {
        return request.method().equals("OPTIONS")
                && request.header(CorsHeaders.ORIGIN) != null
                && request.header(REQUEST_METHOD) != null;
    }

    @Override
    public Verdict check(Request request) {
        if (!is(request)) {
            return Verdict.pass();
        }
        var objection = objection(request);
        if (objection != null) {
            return new Verdict.Answer(NOTHING_ALLOWED, objection);
        }
        var origin = terms.origins().any() ? Terms.ANY : String.valueOf(request.header(CorsHeaders.ORIGIN));
        var known = answers.get(origin);
        return known == null ? answer(origin) : known;
    }

    /** What the policy does not allow of what the preflight asks for; null when it allows all of it. */
    @Nullable
    Evidence objection(Request request) {
        var origin = String.valueOf(request.header(CorsHeaders.ORIGIN));
        if (!terms.origins().allow(origin)) {
            return Evidence.of("cors-origin", origin);
        }
        var method = String.valueOf(request.header(REQUEST_METHOD));
        if (!allowsMethod(method)) {
            return Evidence.of("cors-method", method);
        }
        var names = request.headers(REQUEST_HEADERS);
        var anyHeader = Terms.holdAny(terms.headers());
        return RequestedHeaders.allAllowed(names, terms.headers(), anyHeader)
                ? null
                : Evidence.of("cors-headers", String.join(",", names));
    }

    private boolean allowsMethod(String method) {
        return Terms.holdAny(terms.methods())
                ? Token.is(method)
                : terms.methods().contains(method);
    }
}
