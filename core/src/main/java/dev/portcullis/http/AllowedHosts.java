package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets through only requests for named hosts: 421 {@code misdirected-request}. Immutable.
 *
 * <p>Applications make links, redirects and cache keys of the host that a client names, and pages of others reach a service by names
 * that they have bound to its address. The host is {@link Request#host}, so that trusted proxies alone can say another. Ports are
 * not looked at, nor a dot at the end.
 */
@TrustedBase
public final class AllowedHosts implements Check {

    private static final Verdict.Deny DENIED =
            Verdict.deny(Reply.problem(421, "misdirected-request"), Evidence.of("misdirected-request"));
    private static final String BELOW = "*.";

    private final Set<String> exact = new HashSet<>();
    private final Set<String> below = new HashSet<>();
    private final Predicate<String> exempt;

    /**
     * Lets these hosts through.
     *
     * @param names names such as {@code shop.example.com}, {@code *.example.com} for all below, addresses; without ports
     * @param exempt the paths, decoded once, that may be read under any name, as probes do
     * @throws IllegalArgumentException when one is no host
     */
    public AllowedHosts(List<String> names, Predicate<String> exempt) {
        this.exempt = requireNonNull(exempt, "exempt");
        names.forEach(this::allow);
    }

    private void allow(String written) {
        var lower = written.toLowerCase(Locale.ROOT);
        var wild = lower.startsWith(BELOW);
        var name = wild ? lower.substring(BELOW.length()) : lower;
        if (!HostText.isValid(name) || !nameOf(name).equals(name) || wild && name.indexOf('.') < 0) {
            throw new IllegalArgumentException("host: `" + written
                    + "` (expected: a name such as `shop.example.com` or `*.example.com`, without port)");
        }
        (wild ? below : exact).add(name);
    }

    @Override
    public Verdict check(Request request) {
        var host = request.host();
        if (exact.contains(host) || isAllowed(nameOf(host).toLowerCase(Locale.ROOT))) {
            return Verdict.pass();
        }
        var reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads && request.ambiguity() == null && exempt.test(request.path()) ? Verdict.pass() : DENIED;
    }

    private boolean isAllowed(String name) {
        if (exact.contains(name)) {
            return true;
        }
        for (var dot = name.indexOf('.'); dot >= 0 && !below.isEmpty(); dot = name.indexOf('.', dot + 1)) {
            if (dot > 0 && below.contains(name.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    /** The host without its port and without a dot at the end. */
    private static String nameOf(String host) {
        var colon = host.lastIndexOf(':');
        var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
