package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one certificate that was loaded, for metrics and alarms. Immutable.
 *
 * @param source where it was loaded from
 * @param subject whose it is, as written in it
 * @param end when it is over
 * @param left how long that is from now; negative once it is over
 * @param problem why the source could not be loaded anew, so that this is the last good one; null when it could
 */
public record CertificateReport(
        String source,
        String subject,
        Instant end,
        Duration left,
        @Nullable String problem) {

    /** Checks that all is there. */
    public CertificateReport {
        requireNonNull(source, "source");
        requireNonNull(subject, "subject");
        requireNonNull(end, "end");
        requireNonNull(left, "left");
    }
}
