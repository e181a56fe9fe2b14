package dev.portcullis.auth;

import dev.portcullis.Request;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a service signs the webhooks that it sends. Immutable. */
public enum WebhookStyle {
    /** GitHub: {@code X-Hub-Signature-256}, over the body alone. */
    GITHUB("X-Hub-Signature-256"),
    /** Stripe: {@code Stripe-Signature}, over a time and the body. */
    STRIPE("Stripe-Signature"),
    /** Slack: {@code X-Slack-Signature}, over a version, the time in {@code X-Slack-Request-Timestamp}, and the body. */
    SLACK("X-Slack-Signature");

    static final long TIMELESS = Long.MIN_VALUE;

    private static final int MAX_FIELD = 2048;
    private static final int MAX_SIGNATURES = 8;
    private static final int HEX = 64;
    private static final int MAX_DIGITS = 12;

    private final String header;

    WebhookStyle(String header) {
        this.header = header;
    }

    /**
     * What a request carries.
     *
     * @param time when it was sent, in milliseconds of the epoch; {@link #TIMELESS} when it does not say
     * @param prefix what is signed before the body
     * @param signatures the signatures, one of which must hold
     */
    record Sent(long time, String prefix, List<byte[]> signatures) {}

    String header() {
        return header;
    }

    /** What the request carries; null when it is not in this style. */
    @Nullable
    Sent read(Request request) {
        var lines = request.headers(header);
        if (lines.size() != 1 || lines.get(0).length() > MAX_FIELD) {
            return null;
        }
        return switch (this) {
            case GITHUB -> sent(TIMELESS, "", signature("sha256=", lines.get(0)));
            case STRIPE -> stripe(lines.get(0));
            case SLACK -> slack(lines.get(0), request.headers("X-Slack-Request-Timestamp"));
        };
    }

    private static @Nullable Sent sent(long time, String prefix, byte @Nullable [] signature) {
        return signature == null ? null : new Sent(time, prefix, List.of(signature));
    }

    private static @Nullable Sent slack(String field, List<String> times) {
        var time = times.size() == 1 ? millis(times.get(0)) : TIMELESS;
        return time == TIMELESS ? null : sent(time, "v0:" + times.get(0) + ":", signature("v0=", field));
    }

    private static @Nullable Sent stripe(String field) {
        var signatures = new ArrayList<byte[]>();
        var times = new ArrayList<String>();
        for (var part : field.split(",", -1)) {
            var signature = signature("v1=", part);
            if (signature != null) {
                signatures.add(signature);
            } else if (part.startsWith("t=")) {
                times.add(part.substring(2));
            }
        }
        var millis = times.size() == 1 ? millis(times.get(0)) : TIMELESS;
        var usable = millis != TIMELESS && !signatures.isEmpty() && signatures.size() <= MAX_SIGNATURES;
        return usable ? new Sent(millis, times.get(0) + ".", signatures) : null;
    }

    private static byte @Nullable [] signature(String prefix, String text) {
        if (!text.startsWith(prefix) || text.length() != prefix.length() + HEX) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(text, prefix.length(), text.length());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static long millis(String seconds) {
        var digits = !seconds.isEmpty()
                && seconds.length() <= MAX_DIGITS
                && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(seconds) * 1000 : TIMELESS;
    }
}
