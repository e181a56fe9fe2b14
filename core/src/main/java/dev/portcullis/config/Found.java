package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import org.jspecify.annotations.Nullable;

/** Takes what is found where something is hardly meant. */
@FunctionalInterface
interface Found {

    /** Something is only observed. */
    Concern OBSERVED = new Concern("observed", Severity.NOTE, "Something is only observed: it denies nothing.");

    /** Something fails open. */
    Concern FAILS_OPEN =
            new Concern("fails-open", Severity.WARNING, "A rule that cannot tell lets the request through.");

    /** Takes what was found under a key. */
    void take(Concern concern, String key, String message, String help);

    /** Takes a mode, which is found when it denies nothing. */
    default void observed(String key, @Nullable String mode) {
        if ("observe".equals(mode)) {
            take(OBSERVED, key, "denies nothing", "write `enforce` once it has been watched");
        }
    }

    /** Takes what happens to a request of which a rule cannot tell, which is found when it is let through. */
    default void failsOpen(String key, @Nullable String consequence) {
        if ("proceed".equals(consequence)) {
            take(FAILS_OPEN, key, "a request of which this cannot tell is let through", "write `deny`");
        }
    }
}
