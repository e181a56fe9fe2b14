package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.fetch.WholeFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where a feed comes from. Implementations are thread-safe. */
public sealed interface FeedSource {

    /** A document at this address, asked for by this client. */
    static FeedSource at(URI address, BoundedClient client) {
        return new Web(address, client);
    }

    /** A file, which is read again when it has changed. */
    static FeedSource file(Path path) {
        return new Local(path);
    }

    /**
     * What came.
     *
     * @param bytes the document; null when it is still the one of which the version was shown
     * @param version what tells this document from later ones
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    record Delivery(byte @Nullable [] bytes, Version version) {
        /** Checks that nothing is missing. */
        public Delivery {
            requireNonNull(version, "version");
        }
    }

    /**
     * What a source says to tell documents apart. Immutable.
     *
     * @param tag the entity tag (RFC 9110, section 8.8.3), or what a file is told apart by
     * @param modified when it was last modified, in the source's own words
     */
    record Version(@Nullable String tag, @Nullable String modified) {

        static final Version NONE = new Version(null, null);
    }

    /** Asks for the document, if it is another than that of the version. */
    CompletableFuture<Delivery> ask(Version known, FeedTerms terms, Executor executor);

    /** The source as operators know it. */
    String name();

    /**
     * A document on the web.
     *
     * @param address where
     * @param client who asks
     */
    record Web(URI address, BoundedClient client) implements FeedSource {

        private static final int LONGEST = 500;

        /** Checks that both are there. */
        public Web {
            requireNonNull(address, "address");
            requireNonNull(client, "client");
        }

        @Override
        public CompletableFuture<Delivery> ask(Version known, FeedTerms terms, Executor executor) {
            var request =
                    HttpRequest.newBuilder(address).timeout(terms.timeout()).header("Accept", "*/*");
            if (known.tag() != null) {
                request.header("If-None-Match", known.tag());
            }
            if (known.modified() != null) {
                request.header("If-Modified-Since", known.modified());
            }
            return client.send(request.build(), terms.maxBytes(), terms.timeout())
                    .thenApplyAsync(response -> delivery(response, known), executor);
        }

        private static Delivery delivery(HttpResponse<byte[]> response, Version known) {
            if (response.statusCode() == 304 && !known.equals(Version.NONE)) {
                return new Delivery(null, known);
            }
            if (response.statusCode() != 200) {
                throw new NotTaken(response.uri() + " answers " + response.statusCode()
                        + " (expected: 200; redirects are not followed)");
            }
            if (response.headers().firstValue("Content-Encoding").isPresent()) {
                throw new NotTaken("a content encoding that was not asked for");
            }
            return new Delivery(
                    response.body(), new Version(header(response, "ETag"), header(response, "Last-Modified")));
        }

        private static @Nullable String header(HttpResponse<byte[]> response, String name) {
            return response.headers()
                    .firstValue(name)
                    .filter(value -> value.length() <= LONGEST)
                    .orElse(null);
        }

        @Override
        public String name() {
            return address.toString();
        }
    }

    /**
     * A file of the service's own.
     *
     * @param path where
     */
    record Local(Path path) implements FeedSource {

        /** Checks that it is there. */
        public Local {
            requireNonNull(path, "path");
        }

        @Override
        public CompletableFuture<Delivery> ask(Version known, FeedTerms terms, Executor executor) {
            requireNonNull(terms, "terms");
            return CompletableFuture.supplyAsync(() -> read(known, terms), executor);
        }

        private Delivery read(Version known, FeedTerms terms) {
            try {
                var state = FileState.of(path);
                var now = state.settled() ? new Version(state.modified() + " " + state.size(), null) : Version.NONE;
                return state.settled() && now.equals(known)
                        ? new Delivery(null, known)
                        : new Delivery(new WholeFile(path).read(terms.maxBytes()), now);
            } catch (IOException e) {
                throw new NotTaken("cannot be read: " + e.getMessage());
            }
        }

        @Override
        public String name() {
            return path.toString();
        }
    }
}
