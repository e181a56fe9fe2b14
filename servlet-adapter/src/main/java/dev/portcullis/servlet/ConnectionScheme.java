package dev.portcullis.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The scheme of a connection. Jetty takes the word of a target in absolute form: who asks for {@code https://...} over plain http is told to
 * have come over https. There it is https with TLS, or where somebody in the container may have read so in the headers of a proxy. Stateless.
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
        var scheme = connection.getScheme();
        var told = scheme.equals("https") && connection.getClass().getName().startsWith(JETTY);
        return told && connection.getAttribute(CIPHERS) == null && !(others && isProxied(connection)) ? "http" : scheme;
    }

    private static boolean isProxied(ServletRequest connection) {
        if (connection instanceof HttpServletRequest request) {
            for (var header : PROXIES) {
                if (request.getHeader(header) != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
