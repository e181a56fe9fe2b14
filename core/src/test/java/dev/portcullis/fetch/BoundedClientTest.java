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

    @Test
    void saysWhichNameNobodyKnows() {
        assertThat(reason("http://nobody.invalid/jwks"))
                .isEqualTo("ConnectException: nobody knows the name in `http://nobody.invalid`");
    }

    private String reason(String address) {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        return CannotTell.reason(catchThrowable(
                () -> client.send(request, 100, Duration.ofSeconds(20)).get()));
    }
}
