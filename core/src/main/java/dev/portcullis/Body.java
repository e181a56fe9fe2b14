package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read when a check first asks, within that check's bound.
 *
 * <p>What was read is kept and replayed to the application byte for byte. Belongs to one request and one thread at a time.
 */
public interface Body {

    /** The bound, in bytes, for whoever has no other: 1 MiB. */
    long DEFAULT_BOUND = 1L << 20;

    /** The body's length in bytes as the client declared it; -1 when it did not. */
    long declaredLength();

    /** Tells whether the request carries no body at all. */
    boolean isEmpty();

    /**
     * Reads the whole body, which must be at most {@code bound} bytes long.
     *
     * @return the bytes, or the denial that a check returns in their stead: 413 for a longer body, 400 for one that breaks off or
     *     is not well framed
     */
    Content content(long bound);

    /**
     * Takes a multipart form apart, whose body must be at most {@code bound} bytes long.
     *
     * <p>The parts are those that the application gets. Files stay where the container keeps them; nothing of them is copied. Once
     * this was asked, {@link #content} cannot tell any more; the other way round both can be asked.
     *
     * @return the parts, or the denial that a check returns in their stead: 413 for a longer body, 415 for one that is no {@code
     *     multipart/form-data}, 400 for one that two readers may take apart in two ways
     */
    Parts parts(long bound);

    /**
     * Tells whether the application is given parts: whether the container was told to take multipart bodies apart. Asking does nothing
     * to the body. True unless the door says otherwise.
     */
    default boolean givesParts() {
        return true;
    }

    /** What came of taking a multipart form apart. */
    sealed interface Parts {

        /**
         * All of the parts, in order.
         *
         * @param all the parts; perhaps none
         */
        record Whole(List<Part> all) implements Parts {

            /** Copies the list. */
            public Whole {
                all = List.copyOf(all);
            }
        }

        /**
         * No parts that could be judged.
         *
         * @param deny the verdict to return
         */
        record Denied(Verdict.Deny deny) implements Parts {

            /** Checks that the verdict is there. */
            public Denied {
                requireNonNull(deny, "deny");
            }
        }
    }

    /** One part of a multipart form: a field of text, or a file. Belongs to one request. */
    interface Part {

        /** The name of the field. */
        String name();

        /** The name of the file as the client gave it, which may be empty; null for a field of text. */
        @Nullable
        String fileName();

        /** The media type as the client stated it; null when it did not. */
        @Nullable
        String contentType();

        /** The header field lines of the part, in order. */
        List<Header> headers();

        /** How many bytes it has. */
        long size();

        /**
         * Its bytes, from the beginning at every call.
         *
         * @throws IOException when the container can no longer read what it kept
         */
        InputStream open() throws IOException;

        /** Tells whether it is a file. */
        default boolean isFile() {
            return fileName() != null;
        }
    }

    /** What came of reading a body. */
    sealed interface Content {

        /**
         * All of the body.
         *
         * @param bytes the bytes as they came; not to be changed
         */
        @SuppressWarnings("ArrayRecordComponent") // a megabyte is not copied to please equals()
        record Whole(byte[] bytes) implements Content {}

        /**
         * No body within the bound.
         *
         * @param deny the verdict to return
         */
        record Denied(Verdict.Deny deny) implements Content {

            /** Checks that the verdict is there. */
            public Denied {
                requireNonNull(deny, "deny");
            }
        }
    }
}
