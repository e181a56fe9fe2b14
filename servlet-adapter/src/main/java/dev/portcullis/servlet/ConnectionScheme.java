package dev.portcullis.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The scheme of a connection. Jetty takes the word of a target in absolute form: who asks for {@code https://...} over plain http is told to
 * have come over https. There it is https with TLS, or where somebody in the container has read so in the headers of a proxy, and not in the target.
 * Stateless.
 */
final class ConnectionScheme {

    private static final String CIPHERS = "jakarta.servlet.request.cipher_suite";
    private static final String JETTY = "org.eclipse.jetty.";
    private static final String[] PROXIES = {
        "Forwarded", "X-Forwarded-Proto", "X-Proxied-Https", "Proxy-auth-cert", "Proxy-ssl-id"
    };

    private ConnectionScheme() {}

    /**
     * The scheme.
     *
     * @param connection the container's own request
     * @param others whether somebody in the container may read the headers of proxies
     */
    static String of(ServletRequest connection, boolean others) {
        var scheme = ofTheWeb(connection.getScheme(), connection);
        var told = scheme.equals("https") && connection.getClass().getName().startsWith(JETTY);
        return told && connection.getAttribute(CIPHERS) == null && !(others && isTold(connection)) ? "http" : scheme;
    }

    /** The scheme of a handshake to WebSocket is that of HTTP: some proxies say {@code wss}. In a target, it is another scheme. */
    private static String ofTheWeb(String scheme, ServletRequest connection) {
        return switch (scheme) {
            case "ws" -> JettyTarget.isOf(scheme, connection) ? scheme : "http";
            case "wss" -> JettyTarget.isOf(scheme, connection) ? scheme : "https";
            default -> scheme;
        };
    }

    /** Tells whether it may be a proxy who says so, and is not whoever wrote the target. */
    private static boolean isTold(ServletRequest connection) {
        return isProxied(connection) && !JettyTarget.isOf("https", connection);
    }

    private static boolean isProxied(ServletRequest connection) {
        if (!(connection instanceof HttpServletRequest request)) {
            return false;
        }
        for (var header : PROXIES) {
            if (request.getHeader(header) != null) {
                return true;
            }
        }
        return false;
    }
}
