package dev.portcullis.limit;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request;
import dev.portcullis.Watch.Sent;
import java.util.function.ToLongFunction;

/**
 * How many permits a request uses. Immutable.
 *
 * @param known what is known of it when the request comes, and is reserved
 * @param header the response header by which the application says what it was in the end; empty when it does not
 * @param most the most that one request uses, whoever says so: 1 to a thousand million
 */
public record Cost(ToLongFunction<Request> known, String header, long most) {

    /** One permit for every request. */
    public static final Cost ONE = new Cost(request -> 1, "", 1);

    private static final int MAX_DIGITS = 18;

    /** Checks the bounds. */
    public Cost {
        requireNonNull(known, "known");
        requireNonNull(header, "header");
        if (most < 1 || most > Window.MAX_PERMITS) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + Window.MAX_PERMITS + ")");
        }
    }

    long reserved(Request request) {
        return Math.max(0, Math.min(most, known.applyAsLong(request)));
    }

    /** What it was in the end; what was reserved unless the application says otherwise in digits. */
    long settled(Sent sent, long reserved) {
        var text = header.isEmpty() ? null : sent.header(header);
        return text == null ? reserved : Math.min(most, number(text, reserved));
    }

    /** The number that a text is in digits; another when it is none. */
    public static long number(String text, long otherwise) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return otherwise;
        }
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return otherwise;
            }
        }
        return Long.parseLong(text);
    }
}
