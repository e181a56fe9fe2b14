package dev.portcullis.servlet;

import dev.portcullis.Outcome;
import dev.portcullis.Request;
import dev.portcullis.http.View;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
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

    /** Tells whether the request has the method and the path that were judged, which a filter in between may have changed. */
    public boolean isFor(HttpServletRequest asked) {
        var now = new ServletWire(asked, request.dispatch(), Sources.OF_THE_CONTAINER, ServletWire.Readers.OTHERS);
        return now.method().equals(request.method()) && View.rawPath(now).equals(request.rawPath());
    }
}
