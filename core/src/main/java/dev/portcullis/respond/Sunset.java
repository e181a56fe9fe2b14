package dev.portcullis.respond;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.HttpDate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how long something will be there: {@code Deprecation} (RFC 9745) and {@code Sunset} (RFC 8594) in its answers, and 410 {@code
 * sunset} when its time is over. Immutable.
 */
public final class Sunset implements Check {

    private static final Reply GONE = Reply.problem(410, "sunset");
    private static final Evidence OVER = Evidence.of("sunset");

    private final Clock clock;
    private final Dates dates;
    private final Verdict announced;
    private final Verdict over;

    /**
     * When it ends, as far as that is said. Immutable.
     *
     * @param deprecated since when, or from when on, nobody should use it; null: nobody says
     * @param sunset when it is over; null: nobody says
     * @param link where to read more; null: nowhere
     */
    public record Dates(
            @Nullable Instant deprecated,
            @Nullable Instant sunset,
            @Nullable String link) {

        /** Checks that the dates make sense together. */
        public Dates {
            if (deprecated == null && sunset == null) {
                throw new IllegalArgumentException("neither `deprecated` nor `sunset`");
            }
            if (deprecated != null && sunset != null && sunset.isBefore(deprecated)) {
                throw new IllegalArgumentException("sunset: before it is deprecated");
            }
            if (link != null && !link.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"')) {
                throw new IllegalArgumentException(
                        "link: no address (expected: such as `https://example.com/migration`)");
            }
        }

        /** The earlier ones of both. */
        private Dates and(Dates other) {
            return new Dates(
                    earlier(deprecated, other.deprecated),
                    earlier(sunset, other.sunset),
                    other.link == null ? link : other.link);
        }

        private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
            return one == null || other != null && other.isBefore(one) ? other : one;
        }
    }

    /** What these dates say, by this clock. */
    public Sunset(Clock clock, Dates dates) {
        this.clock = requireNonNull(clock, "clock");
        this.dates = requireNonNull(dates, "dates");
        var headers = headers(dates);
        this.announced = Verdict.Pass.adding(headers);
        this.over = Verdict.deny(new Reply(GONE.status(), GONE.code(), headers, List.of()), OVER);
    }

    private static List<Header> headers(Dates dates) {
        var headers = new ArrayList<Header>();
        if (dates.deprecated != null) {
            headers.add(new Header("Deprecation", "@" + dates.deprecated.getEpochSecond()));
        }
        if (dates.sunset != null) {
            headers.add(new Header("Sunset", HttpDate.of(dates.sunset)));
        }
        if (dates.link != null) {
            var relation = dates.sunset == null ? "deprecation" : "sunset";
            headers.add(new Header("Link", "<" + dates.link + ">; rel=\"" + relation + "\""));
        }
        return List.copyOf(headers);
    }

    /** What both say together: the earlier dates. */
    public Sunset and(Sunset other) {
        return new Sunset(clock, dates.and(other.dates));
    }

    /** When it ends. */
    public Dates dates() {
        return dates;
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        var end = dates.sunset;
        return end != null && !clock.instant().isBefore(end) ? over : announced;
    }
}
