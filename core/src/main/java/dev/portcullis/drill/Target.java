package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The application that is attacked: on this machine or in a private network, unless somebody says that it is his. Immutable.
 *
 * @param tls whether it is asked over https
 * @param host the host as written, which goes into {@code Host}
 * @param addresses what the host's name led to, once and for all
 * @param port the port
 * @param root what stands before every path; empty, or begins with a slash and does not end with one
 * @param trust whose certificates are believed
 */
public record Target(boolean tls, String host, List<InetAddress> addresses, int port, String root, Tls trust) {

    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Copies the addresses. */
    public Target {
        requireNonNull(host, "host");
        requireNonNull(root, "root");
        requireNonNull(trust, "trust");
        addresses = List.copyOf(addresses);
    }

    /**
     * The application at an address such as {@code http://localhost:8080/shop}.
     *
     * @param owned hosts of which somebody says that they are his
     * @throws IllegalArgumentException when it is none, or is not known to be one's own
     */
    public static Target of(String url, Collection<String> owned) {
        var uri = uri(url);
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        var addresses = resolved(host);
        if (!owned.contains(host) && !addresses.stream().allMatch(Target::isPrivate)) {
            throw new IllegalArgumentException("`" + host
                    + "` is neither this machine nor in a private network (if it is yours, say so: --i-own " + host
                    + ")");
        }
        var tls = "https".equalsIgnoreCase(uri.getScheme());
        var port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        var root = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Target(tls, host, addresses, port, root, Tls.usual());
    }

    /** The same application, whose certificate is believed so. */
    public Target trusting(Tls other) {
        return new Target(tls, host, addresses, port, root, other);
    }

    private static URI uri(String url) {
        try {
            var uri = new URI(url);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https")) && plain) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address of an application (expected: http://localhost:8080)", e);
        }
        throw new IllegalArgumentException("no address of an application (expected: http://localhost:8080)");
    }

    private static List<InetAddress> resolved(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("`" + host + "` is not known", e);
        }
    }

    /** Tells whether an address is of this machine or of a private network; clouds' metadata are at neither. */
    static boolean isPrivate(InetAddress address) {
        var bytes = address.getAddress();
        var unique = bytes.length > 4 && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        return address.isLoopbackAddress() || address.isSiteLocalAddress() && bytes.length == 4 || unique;
    }

    /** What {@code Host} says. */
    public String authority() {
        return port == (tls ? HTTPS : HTTP) ? host : host + ":" + port;
    }

    /** The scheme and the authority. */
    public String origin() {
        return (tls ? "https://" : "http://") + authority();
    }
}
