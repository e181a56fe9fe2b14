package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The components of a request that are no fields (RFC 9421, section 2.2). Stateless. */
@TrustedBase
final class DerivedComponent {

    private static final String UNESCAPED = "*-._";
    private static final String HEX = "0123456789ABCDEF";

    private DerivedComponent() {}

    /** The component's value; null when there is none in this request. */
    static @Nullable String value(Request request, String name, Map<String, Object> parameters) {
        if (name.equals("@query-param")) {
            return parameters.keySet().equals(Set.of("name")) && parameters.get("name") instanceof String wanted
                    ? parameter(request, wanted)
                    : null;
        }
        if (!parameters.isEmpty()) {
            return null;
        }
        return switch (name) {
            case "@method" -> request.method();
            case "@scheme" -> request.scheme();
            case "@authority" -> authority(request);
            case "@path" -> request.sentPath().isEmpty() ? "/" : request.sentPath();
            case "@query" -> "?" + (request.query() == null ? "" : request.query());
            case "@request-target" -> target(request);
            case "@target-uri" -> uri(request);
            default -> null;
        };
    }

    /** The host in lower case, without the scheme's own port. */
    private static @Nullable String authority(Request request) {
        var host = request.host().toLowerCase(Locale.ROOT);
        var port = request.scheme().equals("https") ? ":443" : ":80";
        var plain = host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
        return plain.isEmpty() ? null : plain;
    }

    private static String target(Request request) {
        return request.query() == null ? request.sentPath() : request.sentPath() + "?" + request.query();
    }

    /** The target as a URI (RFC 9110, section 7.1); null when the request names no host. */
    static @Nullable String uri(Request request) {
        var authority = authority(request);
        return authority == null ? null : request.scheme() + "://" + authority + target(request);
    }

    /** The target as a URI without its query; null when the request names no host. */
    static @Nullable String uriWithoutQuery(Request request) {
        var authority = authority(request);
        return authority == null ? null : request.scheme() + "://" + authority + request.sentPath();
    }

    /** The value of the one parameter of this name, decoded and encoded anew (section 2.2.8). */
    private static @Nullable String parameter(Request request, String wanted) {
        var query = Parameters.query(request.query());
        String found = null;
        if (query.trouble() != null) {
            return null;
        }
        for (var pair : query.pairs()) {
            if (!encoded(pair.name()).equals(wanted)) {
                continue;
            }
            if (found != null) {
                return null;
            }
            found = encoded(pair.value());
        }
        return found;
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return out.toString();
    }
}
