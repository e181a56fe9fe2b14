package dev.portcullis.respond;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Ending;
import dev.portcullis.Listener;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;

/** Tells the operator of large responses, each once, when it has ended. It denies nothing. Immutable. */
public final class SizeAlarm implements Check {

    private static final String LARGE = "large-response";

    private final String name;
    private final long bytes;
    private final Listener listener;
    private final Verdict watching = Verdict.Pass.watching(new Counting());

    /**
     * An alarm.
     *
     * @param name the rule's name
     * @param bytes the size from which on it sounds, in bytes
     * @param listener who is told
     * @throws IllegalArgumentException when the size is less than one byte
     */
    public SizeAlarm(String name, long bytes, Listener listener) {
        this.name = requireNonNull(name, "name");
        this.listener = requireNonNull(listener, "listener");
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 1)");
        }
        this.bytes = bytes;
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        return watching;
    }

    /** Counts what is sent. Keeps nothing. */
    private final class Counting implements Watch {

        @Override
        public boolean asksBytes() {
            return true;
        }

        @Override
        public void ended(Request request, Ending ending, Sent sent) {
            if (sent.bytes() >= bytes) {
                listener.noticed(request, name, Evidence.of(LARGE, sent.bytes() + " bytes"));
            }
        }
    }
}
