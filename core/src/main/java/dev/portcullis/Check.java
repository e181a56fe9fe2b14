package dev.portcullis;

/**
 * One question that is asked of a request.
 *
 * <p>A check has no name, no mode and no knowledge of other checks; those belong to its {@link Rule}. It validates everything in
 * its constructor. An exception out of it means "I could not tell". Implementations are thread-safe.
 */
@FunctionalInterface
public interface Check {

    /** Answers for one request; never null. */
    Verdict check(Request request);
}
