package dev.portcullis.store;

import org.jspecify.annotations.Nullable;

/** A ledger cannot tell: it is full of entries that have not expired, closed, or its store is away. */
public final class LedgerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why, without a stack trace: these may come in floods. */
    public LedgerUnavailable(String problem, @Nullable Throwable cause) {
        super("ledger: " + problem, cause, false, false);
    }
}
