package dev.portcullis.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.portcullis.fixture.FreePort;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class BoundedClientTest {

    private final BoundedClient client = new BoundedClient(ForkJoinPool.commonPool(), Duration.ofSeconds(10));

    @Test
    void saysWhereNobodyAnswers() {
        var place = "http://127.0.0.1:" + FreePort.find();
        assertThat(reason(place + "/jwks")).isEqualTo("ConnectException: no connection to `" + place + "`");
    }

    /** A label longer than names can have, for which no name service is asked: there may be none that answers. */
    @Test
    void saysWhichNameNobodyKnows() {
        var place = "http://" + "n".repeat(64) + ".invalid";
        assertThat(reason(place + "/jwks")).isEqualTo("ConnectException: nobody knows the name in `" + place + "`");
    }

    private String reason(String address) {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        return CannotTell.reason(catchThrowable(
                () -> client.send(request, 100, Duration.ofSeconds(20)).get()));
    }
}
