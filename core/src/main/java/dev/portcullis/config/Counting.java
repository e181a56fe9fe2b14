package dev.portcullis.config;

import dev.portcullis.Listener;
import dev.portcullis.limit.ClientNames;
import dev.portcullis.limit.Fields;
import dev.portcullis.limit.Limit;
import dev.portcullis.limit.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the limits of one configuration stand on, and which they are. Used by one thread at a time.
 *
 * @param meters the counts
 * @param fields how clients are told of limits
 * @param listener who is told of milestones and exemptions
 * @param sharing what the nodes share; null before that is known
 * @param anywhere whether the configuration limits anybody
 * @param names by which names clients are counted
 * @param limits the limits that were made so far
 */
record Counting(
        Meters meters,
        Fields fields,
        Listener listener,
        @Nullable Sharing sharing,
        boolean anywhere,
        ClientNames names,
        List<Limit> limits) {

    private static final Kind<Fields> HEADERS = Kind.choice(
            "family of headers",
            Map.of(
                    "draft", Fields.DRAFT,
                    "legacy", new Fields(false, true, Duration.ZERO),
                    "both", new Fields(true, true, Duration.ZERO),
                    "none", new Fields(false, false, Duration.ZERO)));

    static Counting compile(At top, Configuration configuration, Meters meters, Listener listener) {
        var at = top.child("limits");
        var written = configuration.limits();
        var fields = at.child("headers").read(written == null ? null : written.headers(), HEADERS, Fields.DRAFT);
        var jitter = at.child("retry-jitter")
                .read(written == null ? null : written.retryJitter(), Kind.DURATION, Duration.ZERO);
        var made = at.child("retry-jitter")
                .make("", "write `0s` to `1h`", unused -> new Fields(fields.draft(), fields.legacy(), jitter));
        var names = TokenClients.compile(top.child("clients"), configuration);
        var shown = made == null ? fields : made;
        return new Counting(meters, shown, listener, null, limits(configuration), names, new ArrayList<>());
    }

    /** The same, where the nodes share this. */
    Counting in(Sharing other) {
        return new Counting(meters, fields, listener, other, anywhere, names, limits);
    }

    /** Whether limits can be counted for all nodes together. */
    boolean shared() {
        return sharing != null && sharing.counts();
    }

    /** Whether they are unless they say otherwise. */
    boolean sharedByItself() {
        return sharing != null && sharing.countsByItself();
    }

    private static boolean limits(Configuration configuration) {
        var policies = configuration.policies();
        return policies != null
                && policies.values().stream().anyMatch(one -> one.rateLimits() != null || one.quotas() != null);
    }

    /** The response headers by which clients are told of limits, which pages of other origins may read. */
    List<String> headers() {
        var names = new ArrayList<String>(List.of("Retry-After"));
        if (fields.draft()) {
            names.addAll(List.of("RateLimit", "RateLimit-Policy"));
        }
        if (fields.legacy()) {
            names.addAll(List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"));
        }
        return names;
    }
}
