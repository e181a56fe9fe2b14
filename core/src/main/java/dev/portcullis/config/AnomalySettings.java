package dev.portcullis.config;

import dev.portcullis.abuse.AnomalyTerms;
import org.jspecify.annotations.Nullable;

/**
 * What is told as an anomaly, as written. Immutable.
 *
 * @param enabled whether anything is
 * @param threshold how often a caller is turned away at least
 * @param sigma by how much that is more than usual
 * @param per in which period
 * @param quiet how long it has to be usual again
 */
public record AnomalySettings(
        @Key(
                description = "Whether it is told when a caller is turned away on a route far more often than usual.",
                defaultValue = "true",
                type = Key.Type.SWITCH)
        @Nullable
        String enabled,

        @Key(
                description = "How often (401, 403, 404, 429) that has to be in a period at least.",
                defaultValue = "20",
                type = Key.Type.COUNT)
        @Nullable
        String threshold,

        @Key(
                description = "By how many standard deviations it has to be more than usual.",
                defaultValue = "4",
                type = Key.Type.COUNT)
        @Nullable
        String sigma,

        @Key(description = "The period in which it is counted.", defaultValue = "1m", type = Key.Type.DURATION)
        @Nullable
        String per,

        @Key(
                description = "How long it has to be usual again before it is told once more.",
                defaultValue = "10m",
                type = Key.Type.DURATION)
        @Nullable
        String quiet) {

    static AnomalyTerms compile(At at, @Nullable AnomalySettings written) {
        var usual = AnomalyTerms.USUAL;
        if (written == null) {
            return usual;
        }
        var enabled = at.child("enabled").read(written.enabled(), Kind.SWITCH, true);
        var threshold = at.child("threshold").read(written.threshold(), Kind.COUNT, (long) usual.threshold());
        var sigma = at.child("sigma").read(written.sigma(), Kind.COUNT, (long) usual.sigma());
        var per = at.child("per").read(written.per(), Kind.DURATION, usual.per());
        var quiet = at.child("quiet").read(written.quiet(), Kind.DURATION, usual.quiet());
        var terms = at.make(
                "",
                "write `{ threshold: 20, sigma: 4, per: 1m, quiet: 10m }`",
                unused -> new AnomalyTerms(enabled, threshold.intValue(), sigma.intValue(), per, quiet));
        return terms == null ? usual : terms;
    }
}
