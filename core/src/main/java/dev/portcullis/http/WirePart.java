package dev.portcullis.http;

import dev.portcullis.Header;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a multipart form as a door received it: facts, nothing concluded from them. Belongs to one request. */
public interface WirePart {

    /** The header field lines of the part, in order. */
    List<Header> headers();

    /** The name of the field as the application will read it; null when there is none. */
    @Nullable
    String name();

    /** The name of the file as the application will read it; null when it reads a field of text. */
    @Nullable
    String fileName();

    /** How many bytes it has. */
    long size();

    /**
     * Its bytes, from the beginning at every call.
     *
     * @throws IOException when they can no longer be read
     */
    InputStream open() throws IOException;
}
