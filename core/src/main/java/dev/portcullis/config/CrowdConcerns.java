package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import dev.portcullis.limit.LimitKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at limits of what is in flight for what is hardly meant. What cannot be read is no concern here. */
final class CrowdConcerns {

    private static final Concern FORGEABLE_SHARE = new Concern(
            "forgeable-concurrency",
            Severity.ERROR,
            "A limit of requests in flight counts by something that a client chooses freely.");
    private static final Concern NOBODY_TOLD_APART = new Concern(
            "concurrency-by-address",
            Severity.NOTE,
            "A limit of requests in flight by caller has nobody who says who calls, and counts by address.");
    private static final Concern OBSERVED = new Concern(
            "observed-concurrency",
            Severity.NOTE,
            "A limit of requests in flight, or a circuit breaker, is only observed: it denies nothing.");

    static final List<Concern> ALL = List.of(FORGEABLE_SHARE, NOBODY_TOLD_APART, OBSERVED);

    private final Found sink;

    CrowdConcerns(Found sink) {
        this.sink = sink;
    }

    void look(Configuration written) {
        limits("concurrency", written.concurrency(), true);
        var policies = written.policies();
        (policies == null ? Map.<String, Policy>of() : policies).forEach(this::look);
    }

    private void look(String name, Policy policy) {
        var key = "policies." + name;
        limits(key + ".concurrency", policy.concurrency(), policy.authenticate() != null);
        var breaker = policy.circuitBreaker();
        if (breaker != null) {
            observed(key + ".circuit-breaker.mode", breaker.mode());
        }
    }

    private void limits(String key, @Nullable Map<String, ConcurrencyLimit> limits, boolean identified) {
        (limits == null ? Map.<String, ConcurrencyLimit>of() : limits).forEach((name, limit) -> {
            var here = key + "." + name;
            observed(here + ".mode", limit.mode());
            counted(here + ".by", limit.by(), identified);
            counted(here + ".share-by", limit.shareBy(), identified);
        });
    }

    private void counted(String key, @Nullable String words, boolean identified) {
        var by = key(words);
        if (by == null) {
            return;
        }
        if (by.forgeable()) {
            sink.take(
                    FORGEABLE_SHARE,
                    key,
                    "a client that changes the header is never limited",
                    "count by `client` or `address`, alone or together with the header");
        }
        if (by.needsIdentity() && !identified) {
            sink.take(
                    NOBODY_TOLD_APART,
                    key,
                    "nobody says who calls, so that it counts by address",
                    "write `by: address`, or `authenticate`");
        }
    }

    private void observed(String key, @Nullable String mode) {
        if ("observe".equals(mode)) {
            sink.take(OBSERVED, key, "denies nothing", "write `enforce` once it has been watched");
        }
    }

    private static @Nullable LimitKey key(@Nullable String words) {
        try {
            return words == null ? null : LimitKey.parse(List.of(words.split("\\+", -1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
