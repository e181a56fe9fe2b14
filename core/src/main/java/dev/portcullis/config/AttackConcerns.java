package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at what policies say of attacks for what is hardly meant. What cannot be read is no concern here. */
final class AttackConcerns {

    private static final Concern SAMPLED = new Concern(
            "sampled",
            Severity.NOTE,
            "Observed detectors look at a part of the requests, so that most attacks are not seen.");
    private static final Concern IDLE_SAMPLE = new Concern(
            "idle-sample",
            Severity.WARNING,
            "A sample is written where all detectors are enforced: they look at every request.");

    static final List<Concern> ALL = List.of(SAMPLED, IDLE_SAMPLE);

    private final Configuration written;
    private final Found sink;

    AttackConcerns(Configuration written, Found sink) {
        this.written = written;
        this.sink = sink;
    }

    void look() {
        var policies = written.policies();
        (policies == null ? Map.<String, Policy>of() : policies).forEach((name, policy) -> {
            if (policy.attacks() != null) {
                look("policies." + name + ".attacks", policy, policy.attacks());
            }
        });
    }

    private void look(String key, Policy policy, Detection part) {
        var detectors = part.detectors() == null ? Map.<String, DetectorSettings>of() : part.detectors();
        sink.observed(key + ".mode", part.mode());
        sink.failsOpen(key + ".on-failure", part.onFailure());
        detectors.forEach((id, one) -> sink.observed(key + ".detectors." + id + ".mode", one.mode()));
        if (part.sample() == null) {
            return;
        }
        var own = Stream.of(part.mode(), policy.mode(), written.mode())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        var observed = isObserved(own) || detectors.values().stream().anyMatch(one -> isObserved(one.mode()));
        if (observed) {
            sink.take(
                    SAMPLED,
                    key + ".sample",
                    "observed detectors look at a part of the requests",
                    "leave it out where the cost can be borne");
        } else {
            sink.take(
                    IDLE_SAMPLE,
                    key + ".sample",
                    "no detector is observed, and enforced ones look at every request",
                    "remove it, or write `mode: observe`");
        }
    }

    private static boolean isObserved(@Nullable String mode) {
        return "observe".equals(mode);
    }
}
