package dev.portcullis.store;

import org.jspecify.annotations.Nullable;

/** A store cannot tell: it is away, too slow, closed, or has been left alone for a while because it failed. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why, without a stack trace: these may come in floods. */
    public StoreUnavailable(String problem, @Nullable Throwable cause) {
        super(problem, cause, false, false);
    }
}
