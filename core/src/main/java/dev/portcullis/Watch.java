package dev.portcullis;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check wants to learn or judge after its rule has passed.
 *
 * <p>An adapter calls {@link #reading} while the application reads a body that was not read before, {@link #holding} and {@link
 * #sending} before any of the response is sent, and {@link #ended} exactly once, whatever happened. Belongs to one request, unless
 * it keeps no state.
 */
public interface Watch {

    /** The watch that nobody keeps. */
    Watch NONE = new Watch() {};

    /**
     * Judges the body as the application reads it.
     *
     * @param total how many bytes the application has read so far, this read included
     * @return a pass to read on, or the denial that ends the request
     */
    default Verdict reading(long total) {
        return Verdict.pass();
    }

    /**
     * Whether it must hear of everything that the application reads, forms included that a container could read by itself; the answer is
     * always the same.
     */
    default boolean asksReads() {
        return false;
    }

    /**
     * Learns that a later rule has denied the request, so that what it has used of a limit can be given back. An observed denial is
     * told to the watches of observed rules only.
     *
     * @param deny the denial
     */
    default void denied(Verdict.Deny deny) {}

    /**
     * Learns how the exchange ended.
     *
     * @param request the request as the rule saw it
     * @param ending how it ended
     * @param status the status that was sent; 0 when none was
     */
    default void ended(Request request, Ending ending, int status) {}

    /** Learns how the exchange ended, and what was sent. Whoever needs the status only overrides the other one. */
    default void ended(Request request, Ending ending, Sent sent) {
        ended(request, ending, sent.status());
    }

    /** Whether it asks how many bytes were sent, which nobody counts unless somebody does. */
    default boolean asksBytes() {
        return false;
    }

    /**
     * Whether it asks to see the head of the response before any of it is sent, and perhaps its body. Nobody looks unless somebody
     * does, and the answer is always the same.
     */
    default boolean asksHead() {
        return false;
    }

    /**
     * Judges and changes the head of a response when all that the application has to say of it is known and nothing is sent yet.
     *
     * <p>It is called for the application's responses, for the container's error pages, and for the gate's own replies, whose
     * denial is not asked for. It may be called again when the application changes the head after it began to write, and does the
     * same then.
     *
     * @param request the request as the rule saw it
     * @param head the head; an observed rule's changes to it change nothing
     * @return a pass, or the denial or answer whose reply is sent in the response's stead; an answer is no denial of the request
     */
    default Verdict sending(Request request, Head head) {
        return Verdict.pass();
    }

    /**
     * Says whether the body of this response is to be held back until all of it can be judged. It is called when the application
     * writes the first of it, and not at all for a response without one.
     *
     * @param request the request as the rule saw it
     * @param head the head as it is now
     * @return who judges the body; null when nobody wants to
     */
    default @Nullable Hold holding(Request request, Head head) {
        return null;
    }

    /**
     * Learns what was noticed of the response on its way, such as a line break that was kept out of a header. The operator is told of
     * it; no rule is.
     */
    default void noticed(Request request, Verdict.Evidence evidence) {}

    /** The head of a response of which nothing is sent yet. Belongs to one response. */
    interface Head {

        /** The status. */
        int status();

        /** Whether the application answers, or its container; else it is a reply of the gate. */
        boolean ofApplication();

        /** The value of the field's first line; null when it is absent. */
        default @Nullable String header(String name) {
            var values = headers(name);
            return values.isEmpty() ? null : values.get(0);
        }

        /** The values of the field's lines, in order; empty when it is absent. */
        List<String> headers(String name);

        /** Whether the field is there; cheaper than its values. */
        default boolean has(String name) {
            return !headers(name).isEmpty();
        }

        /** The names of all fields. */
        Collection<String> names();

        /** Puts this line in the place of all lines of the field. */
        void set(String name, String value);

        /** Adds a line to the field. */
        void add(String name, String value);

        /** Takes the field away. */
        void remove(String name);

        /** A value that nobody can guess, the same in all of one exchange; applications find it in a request attribute. */
        String nonce();

        /** Why nothing of the body can be held back, as far as the head does not say so itself; null when nothing speaks against it. */
        default @Nullable Unjudged obstacle() {
            return null;
        }

        /** Tells the operator something that is no denial, in the rule's name. */
        default void notice(Verdict.Evidence evidence) {}
    }

    /** Judges a body that was held back whole. Belongs to one response, unless it keeps no state. */
    interface Hold {

        /** How many bytes are held back at most. */
        int bound();

        /**
         * Judges the body, and may put another in its place.
         *
         * @return a pass, or the denial whose reply is sent in the response's stead
         */
        Verdict judge(Held body);

        /**
         * Learns that the body cannot be judged; the operator is told so besides.
         *
         * @return a pass to send it unjudged, or the denial whose reply is sent in its stead
         */
        default Verdict unjudged(Head head, Unjudged why) {
            return Verdict.pass();
        }
    }

    /** A body that is held back. */
    interface Held {

        /** The head as it is now. */
        Head head();

        /** All of the body; not to be changed. */
        byte[] bytes();

        /** Puts this body in the place of the other; an observed rule's changes nothing. */
        void replace(byte[] body);
    }

    /** Why a body is not judged. */
    enum Unjudged {
        /** It is sent piece by piece: as events, asynchronously, or flushed before its end. */
        STREAMED,
        /** It has a content encoding. */
        ENCODED,
        /** It is part of something. */
        PARTIAL,
        /** It is longer than the bound. */
        TOO_LONG,
        /** It was sent already. */
        COMMITTED;

        /** The word for operators. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What was sent. */
    interface Sent {

        /** The status; 0 when none was sent. */
        int status();

        /** A header's value; null when there is none, or nobody knows. */
        @Nullable
        String header(String name);

        /** How many bytes of content the application wrote; 0 when nobody counted them. */
        long bytes();

        /** A status of which nothing else is known. */
        static Sent of(int status) {
            return new Sent() {
                @Override
                public int status() {
                    return status;
                }

                @Override
                public @Nullable String header(String name) {
                    return null;
                }

                @Override
                public long bytes() {
                    return 0;
                }
            };
        }
    }
}
