package dev.portcullis.spring.boot;

import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints where an annotation would protect nothing, and what to do. */
final class CannotTakeEffectFailureAnalyzer extends AbstractFailureAnalyzer<CannotTakeEffect> {

    @Override
    protected FailureAnalysis analyze(Throwable root, CannotTakeEffect cause) {
        var description = "Portcullis cannot protect what it was told to:\n\n  " + Objects.toString(cause.getMessage());
        return new FailureAnalysis(description, cause.help(), cause);
    }
}
