package dev.portcullis.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as header fields write them: {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, section 5.6.7). Stateless. */
public final class HttpDate {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The time as text. */
    public static String of(Instant time) {
        return FORMAT.format(time);
    }
}
