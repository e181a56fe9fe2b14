package dev.portcullis.abuse;

import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Verdict;
import java.util.Locale;
import java.util.function.Function;

/** Finds signals in what happens to requests. What is only observed is none. Thread-safe. */
final class Signals implements Listener {

    private static final double UNTIMELY = 0.1;
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
            case WRONG -> risk.raise(request, Signal.FAILED_AUTHENTICATION, 1);
            case UNTIMELY -> risk.raise(request, Signal.FAILED_AUTHENTICATION, UNTIMELY);
            case OTHER -> other(request, deny.reply().code());
        }
    }

    private void other(Request request, String code) {
        if (code.equals("attack-detected")) {
            risk.raise(request, Signal.ATTACK, 1);
        } else if (code.equals("rate-limited") || code.equals("quota-exceeded")) {
            risk.raise(request, Signal.RATE_LIMITED, 1);
        }
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
            risk.raise(request, Signal.CLIENT_ERROR, 1);
            nothingThere(request, code, status);
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

    private void nothingThere(Request request, String code, int status) {
        var route = request.route();
        if (route != null && !route.variables().isEmpty()) {
            if ((status == NOT_FOUND || status == FORBIDDEN) && risk.trails().note(request, route)) {
                risk.raise(request, Signal.ENUMERATION, 1);
            }
        } else if (status == NOT_FOUND || code.equals("no-policy")) {
            risk.raise(request, isHoneypot(request.path()) ? Signal.HONEYPOT : Signal.UNKNOWN_PATH, 1);
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
