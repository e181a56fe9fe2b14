package dev.portcullis.http;

import dev.portcullis.Header;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names that most fields of most requests have, as they are usually written, so that they are looked at once and for all.
 *
 * <p>A name that is not among them, or written otherwise, is looked at letter by letter; nothing is allowed or denied by this list.
 */
@TrustedBase
final class FieldNames {

    private static final List<String> USUAL = List.of(
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Access-Control-Request-Headers",
            "Access-Control-Request-Method",
            "Authorization",
            "Baggage",
            "Cache-Control",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "Date",
            "DNT",
            "Expect",
            "Forwarded",
            "From",
            "Host",
            "Idempotency-Key",
            "If-Match",
            "If-Modified-Since",
            "If-None-Match",
            "If-Range",
            "If-Unmodified-Since",
            "Keep-Alive",
            "Origin",
            "Pragma",
            "Prefer",
            "Priority",
            "Range",
            "Referer",
            "Sec-CH-UA",
            "Sec-CH-UA-Mobile",
            "Sec-CH-UA-Platform",
            "Sec-Fetch-Dest",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Site",
            "Sec-Fetch-User",
            "Sec-GPC",
            "Sec-WebSocket-Extensions",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Version",
            "Signature",
            "Signature-Input",
            "TE",
            "Traceparent",
            "Tracestate",
            "Transfer-Encoding",
            "Upgrade",
            "Upgrade-Insecure-Requests",
            "User-Agent",
            "Via",
            "X-API-Key",
            "X-B3-Sampled",
            "X-B3-SpanId",
            "X-B3-TraceId",
            "X-CSRF-Token",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Proto",
            "X-Real-IP",
            "X-Request-ID",
            "X-Requested-With",
            "X-XSRF-TOKEN");

    private static final Known[][] BY_HASH = byHash();

    private FieldNames() {}

    /**
     * A name as it is usually written: a token without an underscore.
     *
     * @param spelling the name
     * @param field the field that it is, where that is looked at more closely; null where it is not
     */
    record Known(String spelling, @Nullable CloseField field) {}

    /** All spellings. */
    static List<String> all() {
        return USUAL.stream()
                .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    private static Known[][] byHash() {
        var spellings = all();
        var table = new Known[256][];
        for (var i = 0; i < table.length; i++) {
            var slot = i;
            table[i] = spellings.stream()
                    .filter(name -> hash(name) == slot)
                    .map(name -> new Known(name, CloseField.of(new Header(name, ""))))
                    .toArray(Known[]::new);
        }
        return table;
    }

    private static int hash(String name) {
        var length = name.length();
        return (length * 61 + name.charAt(0) * 7 + name.charAt(length - 1) * 19 + name.charAt(length / 2) * 3) & 0xff;
    }

    /** What is known of a name that is written as usual; null when it is not among these. */
    static @Nullable Known find(String name) {
        if (name.isEmpty()) {
            return null;
        }
        for (var known : BY_HASH[hash(name)]) {
            if (known.spelling.equals(name)) {
                return known;
            }
        }
        return null;
    }
}
