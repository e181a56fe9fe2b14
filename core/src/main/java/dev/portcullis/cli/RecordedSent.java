package dev.portcullis.cli;

import dev.portcullis.Header;
import dev.portcullis.Watch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded answer would have sent, by which limits charge what a request has cost in the end. Immutable.
 *
 * @param status the status
 * @param headers the header lines
 * @param bytes how many bytes of content there are
 */
record RecordedSent(int status, List<Header> headers, long bytes) implements Watch.Sent {

    /** The application's answer to a request of this method: none to {@code HEAD} has content. */
    static RecordedSent of(TrafficLine line) {
        var response = line.response();
        var bytes = line.wire().method().equals("HEAD") ? 0 : response.body().length;
        return new RecordedSent(response.status(), response.headers(), bytes);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.stream()
                .filter(one -> one.named(name))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }
}
