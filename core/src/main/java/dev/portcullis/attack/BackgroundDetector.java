package dev.portcullis.attack;

/**
 * A detector that is too slow, or too unsure, to stand in a request's way: a learned model, a service that is asked.
 *
 * <p>It looks at a sample of requests on threads of its own, while they go on or afterwards, and denies none. What it says makes the score of
 * the caller grow, so that a later request may be denied. Implementations are thread-safe.
 */
public interface BackgroundDetector {

    /** The most that a detector can say. */
    int MOST = 100;

    /** The stable kebab-case word for events and figures. */
    String id();

    /**
     * Looks at a request.
     *
     * @return how suspicious it is, from 0 to {@value #MOST}
     * @throws Exception when it cannot tell; an interruption says that its time is up
     */
    int look(Sighting sighting) throws Exception;
}
