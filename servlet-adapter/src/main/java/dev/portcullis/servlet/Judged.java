package dev.portcullis.servlet;

import dev.portcullis.Outcome;
import dev.portcullis.Request;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the filter judged, for whoever holds it against what runs. Immutable.
 *
 * @param request the request as it was judged last
 * @param outcome what became of it
 */
public record Judged(Request request, Outcome.Proceed outcome) {

    /** What the filter judged about the request; null when it never saw it. */
    public static @Nullable Judged of(ServletRequest request) {
        var exchange = Exchange.of(request);
        return exchange == null ? null : exchange.judged();
    }
}
