package dev.portcullis.cors;

import dev.portcullis.Header;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a policy allows, checked and normalized. Immutable.
 *
 * @param origins the origins
 * @param methods the methods; {@code *} for all
 * @param headers the request headers in lower case; {@code *} for all but {@code authorization}
 * @param exposedHeaders the response headers that pages may read, in lower case; {@code *} for all
 * @param credentials whether cookies and other credentials are sent along
 * @param maxAge how long browsers may remember the answer to a preflight; null when they decide
 */
record Terms(
        Origins origins,
        SortedSet<String> methods,
        SortedSet<String> headers,
        SortedSet<String> exposedHeaders,
        boolean credentials,
        @Nullable Duration maxAge) {

    static final String ANY = "*";
    static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    static final Header CREDENTIALS = new Header("Access-Control-Allow-Credentials", "true");

    /** Copies the sets. */
    Terms {
        methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
        headers = Collections.unmodifiableSortedSet(new TreeSet<>(headers));
        exposedHeaders = Collections.unmodifiableSortedSet(new TreeSet<>(exposedHeaders));
    }

    static boolean holdAny(Set<String> names) {
        return names.contains(ANY);
    }
}
