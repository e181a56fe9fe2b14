package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets no request pass that came over plain http: 403 {@code https-required}, or 308 {@code https-redirect} to the same
 * place over https. Immutable.
 *
 * <p>The scheme is {@link Request#scheme}, so that trusted proxies alone can say that a client used https. Responses over https
 * carry {@code Strict-Transport-Security} where it is asked for (RFC 6797), and no others do (section 7.2).
 */
@TrustedBase
public final class Https implements Check {

    private static final String CODE = "https-required";
    private static final Evidence EVIDENCE = Evidence.of(CODE);
    private static final Verdict.Deny DENIED = Verdict.deny(Reply.problem(403, CODE), EVIDENCE);
    private static final int STANDARD_PORT = 443;

    private final @Nullable Integer port;
    private final Predicate<String> exempt;
    private final Verdict passed;

    /**
     * Lets nothing pass but what is exempt.
     *
     * @param port where clients are sent that ask over http; null: nowhere
     * @param exempt the paths, decoded once, that may be read over plain http, as probes do
     * @param hsts what browsers are told to remember; null: nothing
     */
    public Https(@Nullable Integer port, Predicate<String> exempt, @Nullable Hsts hsts) {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        this.port = port;
        this.exempt = requireNonNull(exempt, "exempt");
        this.passed =
                hsts == null ? Verdict.pass() : Verdict.Pass.adding(List.of(new Header(Hsts.NAME, hsts.toString())));
    }

    @Override
    public Verdict check(Request request) {
        if (request.scheme().equals("https")) {
            return passed;
        }
        var reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (reads && request.ambiguity() == null && exempt.test(request.path())) {
            return Verdict.pass();
        }
        var place = reads && port != null ? place(request, port) : null;
        return place == null
                ? DENIED
                : Verdict.deny(Reply.problem(308, "https-redirect").with("Location", place), EVIDENCE);
    }

    /** The same place over https; null when the request does not say plainly what it asks for. */
    private static @Nullable String place(Request request, int port) {
        var host = request.host();
        var path = request.sentPath();
        if (host.isEmpty() || !HostText.isValid(host) || !path.startsWith("/")) {
            return null;
        }
        var name = host.substring(0, endOfName(host));
        var query = request.query() == null ? "" : "?" + request.query();
        var place = "https://" + name + (port == STANDARD_PORT ? "" : ":" + port) + path + query;
        return place.chars().allMatch(c -> c > ' ' && c < 127) ? place : null;
    }

    private static int endOfName(String host) {
        var colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? colon : host.length();
    }
}
