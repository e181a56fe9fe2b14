package dev.portcullis.cors;

import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the last word on the CORS headers of a response: those of the policy, each once, and none of the application's; browsers take two
 * of a kind for none. {@code Vary} keeps what the application adds. Immutable.
 *
 * @param headers what the response carries
 * @param refused whether the request came from an origin that is not allowed
 */
@TrustedBase
record LastCorsWord(List<Header> headers, boolean refused) implements Watch {

    private static final String VARY = "Vary";
    private static final List<String> NAMES = List.of(
            Terms.ALLOW_ORIGIN,
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Max-Age",
            "Access-Control-Allow-Private-Network");

    LastCorsWord {
        headers = List.copyOf(headers);
    }

    @Override
    public boolean asksHead() {
        return true;
    }

    @Override
    public Verdict sending(Request request, Head head) {
        for (var i = 0; i < NAMES.size(); i++) {
            judge(NAMES.get(i), head);
        }
        vary(head);
        if (refused && isOfAnotherOrigin(request)) {
            head.notice(Evidence.of("cors-origin", String.valueOf(request.header(CorsHeaders.ORIGIN))));
        }
        return Verdict.pass();
    }

    private void judge(String name, Head head) {
        var ours = ours(name);
        if (ours == null) {
            if (head.has(name)) {
                head.remove(name);
            }
        } else if (!isAlone(ours, head.headers(name))) {
            head.set(name, ours);
        }
    }

    private @Nullable String ours(String name) {
        for (var i = 0; i < headers.size(); i++) {
            if (headers.get(i).named(name)) {
                return headers.get(i).value();
            }
        }
        return null;
    }

    private static boolean isAlone(String value, List<String> values) {
        return values.size() == 1 && values.get(0).equals(value);
    }

    /** One list of all names, each once; a response that varies by everything says only that. */
    private void vary(Head head) {
        var lines = head.headers(VARY);
        var ours = ours(VARY);
        if (ours == null ? lines.size() < 2 : isAlone(ours, lines)) {
            return;
        }
        var names = new LinkedHashSet<String>();
        add(ours == null ? "" : ours, names);
        lines.forEach(line -> add(line, names));
        var merged = names.contains("*") ? "*" : String.join(", ", names);
        if (!isAlone(merged, lines)) {
            head.set(VARY, merged);
        }
    }

    private static void add(String line, Set<String> names) {
        for (var part : line.split(",")) {
            var name = part.strip();
            if (!name.isEmpty() && names.stream().noneMatch(name::equalsIgnoreCase)) {
                names.add(name);
            }
        }
    }

    /** Browsers send the header along to the page's own host too, when it changes something; whether by TLS, a proxy may hide. */
    private static boolean isOfAnotherOrigin(Request request) {
        var origin = String.valueOf(request.header(CorsHeaders.ORIGIN));
        return !origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3)
                .equalsIgnoreCase(request.host());
    }
}
