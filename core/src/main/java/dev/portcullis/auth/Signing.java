package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.List;

/** A way in which some clients sign their requests. Implementations are immutable. */
public sealed interface Signing permits MessageSigning, WebhookSigning {

    /** Its name in policies and logs. */
    String name();

    /** Tells whether the request carries what may be such a signature. */
    boolean presented(Request request);

    /**
     * Judges the signature.
     *
     * @param bound how long a body may be, in bytes
     * @param now the time, in milliseconds of the epoch
     */
    Verdict judge(Request request, long bound, long now);

    /**
     * What must not come again, of a request whose signatures hold; none of it twice, and nothing where nothing is remembered.
     */
    List<Spent> spent(Request request, long bound, long now);

    /** Tells whether anything is ever remembered. */
    boolean remembers();

    /**
     * Something that must not come again. Immutable.
     *
     * @param key what it is known by, of bounded length
     * @param until when it would be too old anyway, in milliseconds of the epoch
     */
    record Spent(String key, long until) {
        /** Checks that nothing is missing. */
        public Spent {
            requireNonNull(key, "key");
        }
    }
}
