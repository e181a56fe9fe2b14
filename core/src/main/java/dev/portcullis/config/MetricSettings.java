package dev.portcullis.config;

import dev.portcullis.metric.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * What is counted beside the usual, as written. Immutable.
 *
 * @param tenants how many tenants are counted by themselves
 */
public record MetricSettings(
        @Key(
                description =
                        "How many tenants are counted by themselves, the first that call; the others are counted together. Their names become labels of metrics.",
                defaultValue = "none",
                type = Key.Type.COUNT)
        @Nullable
        String tenants) {

    /** How many tenants are counted by themselves; 0 for none. */
    static int tenants(At at, @Nullable MetricSettings written) {
        var here = at.child("tenants");
        var many = written == null ? null : here.read(written.tenants(), Kind.COUNT);
        if (many != null && many > Metrics.MAX_TENANTS) {
            here.problem(
                    "`" + many + "` (expected: at most " + Metrics.MAX_TENANTS + ")",
                    "each has series of its own: write `100`");
            return 0;
        }
        return many == null ? 0 : many.intValue();
    }
}
