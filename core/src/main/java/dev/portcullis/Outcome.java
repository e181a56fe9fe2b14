package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request: all that an adapter needs to know.
 *
 * <p>The watch must be told how the exchange ended, exactly once, whichever outcome it is.
 */
public sealed interface Outcome {

    /** The digest of the policy set that decided. */
    String digest();

    /** What the response carries beside what the reply or the application says. */
    List<Header> headers();

    /** What sees the rest of the exchange. */
    Watch watch();

    /**
     * The request goes on to the application.
     *
     * @param digest the digest of the policy set that decided
     * @param headers what the response carries
     * @param principal who calls; null when nobody was identified
     * @param watch what sees the rest of the exchange
     */
    record Proceed(
            String digest, List<Header> headers, @Nullable Principal principal, Watch watch) implements Outcome {

        /** Copies the headers. */
        public Proceed {
            requireNonNull(digest, "digest");
            requireNonNull(watch, "watch");
            headers = List.copyOf(headers);
        }
    }

    /**
     * The reply is sent and the application is not asked.
     *
     * @param digest the digest of the policy set that decided
     * @param rule the name of the rule that decided
     * @param reply what the client sees
     * @param headers what the response carries beside the reply's own
     * @param principal who calls; null when nobody was identified
     * @param watch what sees the rest of the exchange
     */
    record Stop(
            String digest,
            String rule,
            Reply reply,
            List<Header> headers,
            @Nullable Principal principal,
            Watch watch) implements Outcome {

        /** Copies the headers. */
        public Stop {
            requireNonNull(digest, "digest");
            requireNonNull(rule, "rule");
            requireNonNull(reply, "reply");
            requireNonNull(watch, "watch");
            headers = List.copyOf(headers);
        }
    }
}
