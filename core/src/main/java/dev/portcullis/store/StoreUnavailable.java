package dev.portcullis.store;

import org.jspecify.annotations.Nullable;

/** A store cannot tell: it is away, too slow, closed, or has been left alone for a while because it failed. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How many causes of causes are looked at. */
    private static final int MAX_DEPTH = 16;

    private final boolean asked;

    /** Says why, without a stack trace: these may come in floods. What was asked may have been done all the same. */
    public StoreUnavailable(String problem, @Nullable Throwable cause) {
        this(problem, cause, true);
    }

    private StoreUnavailable(String problem, @Nullable Throwable cause, boolean asked) {
        super(problem, cause, false, false);
        this.asked = asked;
    }

    /** Says why the store was not even asked, so that nothing was done. */
    public static StoreUnavailable unasked(String problem, @Nullable Throwable cause) {
        return new StoreUnavailable(problem, cause, false);
    }

    /** The same for whoever asked about it, with what it was about. */
    static StoreUnavailable of(String problem, Throwable cause) {
        return new StoreUnavailable(problem, cause, wasAsked(cause));
    }

    private static boolean wasAsked(Throwable cause) {
        var known = cause;
        for (var depth = 0; known != null && depth < MAX_DEPTH; depth++) {
            if (known instanceof StoreUnavailable unavailable && !unavailable.asked) {
                return false;
            }
            known = known.getCause();
        }
        return true;
    }

    /** Whether the store may have been asked, and may have done what it was asked for. */
    public boolean asked() {
        return asked;
    }
}
