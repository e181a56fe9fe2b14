package dev.portcullis.outbound;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port that the application calls. Immutable.
 *
 * @param host the name in lower case or the address; an IPv6 address without its brackets
 * @param port the port; {@value #USUAL} for that of the scheme
 */
@TrustedBase
record Destination(String host, int port) {

    static final int USUAL = 0;

    private static final int MAX_PORT = 65_535;
    private static final Pattern WRITTEN =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))(?::([1-9][0-9]{0,4}))?");

    /**
     * Reads {@code host}, {@code host:port} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException for anything else, such as a URL or a pattern
     */
    static Destination parse(String text) {
        var parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "`" + text + "` (expected: one host, with its port where it is not the usual one)");
        }
        var host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        var port = parts.group(3) == null ? USUAL : Integer.parseInt(parts.group(3));
        if (port > MAX_PORT || parts.group(1) != null && Address.parseOrNull(host) == null) {
            throw new IllegalArgumentException("`" + text + "` (expected: an address and a port that there can be)");
        }
        return new Destination(canonical(host), port);
    }

    private static String canonical(String host) {
        var address = Address.parseOrNull(host);
        return address == null ? host.toLowerCase(Locale.ROOT) : address.toString();
    }

    /** Where the URI goes; null when that is no host that anything may be sent to: not over TLS, and not this machine. */
    static @Nullable Destination of(URI uri) {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        var named = uri.getHost();
        if (named == null || uri.getRawUserInfo() != null) {
            return null;
        }
        var host = canonical(named.startsWith("[") ? named.substring(1, named.length() - 1) : named);
        var usual = scheme.equals("https") ? 443 : 80;
        var plain = scheme.equals("http") && isLoopback(host);
        return scheme.equals("https") || plain
                ? new Destination(host, uri.getPort() < 0 || uri.getPort() == usual ? USUAL : uri.getPort())
                : null;
    }

    private static boolean isLoopback(String host) {
        var address = Address.parseOrNull(host);
        return address == null ? host.equals("localhost") : address.isLoopback();
    }
}
