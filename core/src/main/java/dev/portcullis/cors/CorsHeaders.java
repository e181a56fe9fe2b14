package dev.portcullis.cors;

import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds the headers that let pages of an allowed origin read the response, whatever becomes of the request, and sees to it that the
 * application's own do not add to them. Immutable.
 */
@TrustedBase
final class CorsHeaders implements Check {

    static final String ORIGIN = "Origin";

    private static final Header VARY = new Header("Vary", ORIGIN);

    private final Origins origins;
    private final List<Header> common;
    private final Verdict any;
    private final Verdict absent;
    private final Verdict refused;
    private final Map<String, Verdict> exact;

    CorsHeaders(Terms terms) {
        this.origins = terms.origins();
        this.common = common(terms);
        this.any = adding(Terms.ANY);
        this.absent = Verdict.Pass.adding(origins.any() ? headers(Terms.ANY) : List.of(VARY));
        this.refused = new Verdict.Pass(List.of(VARY), null, new LastCorsWord(List.of(VARY), true));
        this.exact = origins.exact().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), this::adding));
    }

    private static List<Header> common(Terms terms) {
        var headers = new ArrayList<Header>();
        if (terms.credentials()) {
            headers.add(Terms.CREDENTIALS);
        }
        if (!terms.exposedHeaders().isEmpty()) {
            headers.add(new Header("Access-Control-Expose-Headers", String.join(",", terms.exposedHeaders())));
        }
        if (!terms.origins().any()) {
            headers.add(VARY);
        }
        return List.copyOf(headers);
    }

    private List<Header> headers(String origin) {
        var headers = new ArrayList<Header>(common.size() + 1);
        headers.add(new Header(Terms.ALLOW_ORIGIN, origin));
        headers.addAll(common);
        return headers;
    }

    private Verdict adding(String origin) {
        var headers = headers(origin);
        return new Verdict.Pass(headers, null, new LastCorsWord(headers, false));
    }

    @Override
    public Verdict check(Request request) {
        if (Preflight.is(request)) {
            return Verdict.pass();
        }
        var sent = request.header(ORIGIN);
        if (sent == null) {
            return absent;
        }
        if (origins.any()) {
            return any;
        }
        var known = exact.get(sent);
        if (known != null) {
            return known;
        }
        return origins.allow(sent) ? adding(sent) : refused;
    }
}
