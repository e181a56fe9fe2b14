package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.config.PolicyBundle.Sealed;
import dev.portcullis.fetch.BoundedClient;
import dev.portcullis.fetch.WholeFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Where a policy bundle comes from. Implementations are thread-safe. */
@FunctionalInterface
public interface BundleSource {

    /**
     * The policy file and the file with its signature, as they are now. The two may be of different moments; then the signature does not hold.
     *
     * @throws IOException when they cannot be had
     */
    Sealed get() throws IOException;

    /** A file, with its signature beside it in one of the same name and {@link PolicyBundle#SUFFIX}. */
    static BundleSource file(Path path) {
        requireNonNull(path, "path");
        var signature = path.resolveSibling(path.getFileName() + PolicyBundle.SUFFIX);
        return () -> new Sealed(
                String.valueOf(path.getFileName()),
                new WholeFile(path).read(PolicyBundle.MAX_POLICY),
                new WholeFile(signature).read(PolicyBundle.MAX_SIGNATURE));
    }

    /**
     * An address on the web, with the signature under the same address and {@link PolicyBundle#SUFFIX}. Redirects are not followed.
     *
     * @param timeout how long each of the two may take
     * @throws IllegalArgumentException when it is not https, and not on this host either
     */
    static BundleSource at(URI address, Duration timeout, Executor executor) {
        var local = "127.0.0.1".equals(address.getHost()) || "localhost".equals(address.getHost());
        if (!"https".equals(address.getScheme()) && !(local && "http".equals(address.getScheme()))
                || address.getRawQuery() != null
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "address: `" + address + "` (expected: https, with a path and without a query)");
        }
        var client = new BoundedClient(executor, requireNonNull(timeout, "timeout"));
        var name = address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
        return () -> new Sealed(
                name,
                fetched(client, address, timeout, PolicyBundle.MAX_POLICY),
                fetched(client, URI.create(address + PolicyBundle.SUFFIX), timeout, PolicyBundle.MAX_SIGNATURE));
    }

    private static byte[] fetched(BoundedClient client, URI address, Duration timeout, int maxBytes)
            throws IOException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(timeout).build();
            var response = client.send(request, maxBytes, timeout).join();
            if (response.statusCode() != 200) {
                throw new IOException(address + " answers " + response.statusCode() + " (expected: 200)");
            }
            return response.body();
        } catch (CompletionException | CancellationException e) {
            throw new IOException(address + " cannot be had", e);
        }
    }
}
