package dev.portcullis.abuse;

import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Route;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds signals in what happens to requests. What is only observed is none. Thread-safe. */
final class Signals implements Listener {

    private static final double UNTIMELY = 0.1;
    private static final double OF_OTHERS = 0.1;
    private static final int MOST_SEGMENTS = 4;
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    private final Risk risk;
    private final Function<Verdict.Deny, Credentials.Kind> kinds;
    private final ScannerNames scanners = new ScannerNames();

    Signals(Risk risk, Function<Verdict.Deny, Credentials.Kind> kinds) {
        this.risk = risk;
        this.kinds = kinds;
    }

    @Override
    public void denied(Request request, Rule rule, Verdict.Deny deny) {
        if (!risk.isUsed()) {
            return;
        }
        switch (kinds.apply(deny)) {
            case WRONG, FORGED -> risk.raise(request, Signal.FAILED_AUTHENTICATION, 1);
            case UNTIMELY -> risk.raise(request, Signal.FAILED_AUTHENTICATION, UNTIMELY);
            case OTHER -> other(request, deny.reply().code());
        }
    }

    private void other(Request request, String code) {
        if (code.equals("attack-detected")) {
            risk.raise(request, Signal.ATTACK, share(request));
        } else if (code.equals("rate-limited") || code.equals("quota-exceeded")) {
            risk.raise(request, Signal.RATE_LIMITED, share(request));
        }
    }

    /** Pages of others can make a browser send what they like, and shall not get its owner denied by a few pictures. */
    private static double share(Request request) {
        return "cross-site".equals(request.header("Sec-Fetch-Site")) ? OF_OTHERS : 1;
    }

    @Override
    public void ended(Request request, Outcome outcome, Ending ending, int status) {
        if (!risk.isUsed() || request.dispatch() == Dispatch.FORWARD) {
            return;
        }
        var code = outcome instanceof Outcome.Stop stop ? stop.reply().code() : "";
        if (code.equals(Penalty.CODE)) {
            return;
        }
        head(request);
        if (status >= 400 && status < 500 && (code.isEmpty() || status != TOO_MANY && !code.startsWith("invalid-"))) {
            risk.raise(request, Signal.CLIENT_ERROR, share(request));
            inVain(request, code, status);
        }
    }

    private void head(Request request) {
        var agent = request.header("User-Agent");
        if (agent == null || request.header("Accept") == null) {
            risk.raise(request, Signal.MISSING_HEADERS, 1);
        }
        if (agent != null && scanners.match(agent)) {
            risk.raise(request, Signal.SCANNER, 1);
        }
    }

    private void inVain(Request request, String code, int status) {
        var route = request.route();
        if (route != null && !route.variables().isEmpty()) {
            var much =
                    status == NOT_FOUND || status == FORBIDDEN ? risk.trails().note(request, route) : 0;
            if (much > 0) {
                risk.raise(request, Signal.ENUMERATION, much);
            }
        } else if (code.equals("no-policy") || status == NOT_FOUND && isNobodys(route)) {
            nothingThere(request);
        }
    }

    private static boolean isNobodys(@Nullable Route route) {
        return route == null || route.template().endsWith("**");
    }

    private void nothingThere(Request request) {
        if (isHoneypot(request.path())) {
            risk.raise(request, Signal.HONEYPOT, share(request));
        } else if (risk.trails().isNew(request)) {
            risk.raise(request, Signal.UNKNOWN_PATH, share(request));
        }
    }

    /** Tells whether the path, or one above it, is known for holes. */
    private boolean isHoneypot(String path) {
        var known = risk.terms().honeypots();
        var end = 0;
        for (var i = 0; i < MOST_SEGMENTS && end >= 0; i++) {
            end = path.indexOf('/', end + 1);
            if (known.contains((end < 0 ? path : path.substring(0, end)).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
