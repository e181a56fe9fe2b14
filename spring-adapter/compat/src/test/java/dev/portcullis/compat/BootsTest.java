package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "portcullis.otherwise=proceed")
class BootsTest {
    @Value("${local.server.port}")
    private int port;

    @Test
    void runsOnTheBootOfItsLane() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("lane.boot"));
    }

    @Test
    void answersOverHttp() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/greeting"))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Greeting.class)
    static class Application {}

    @RestController
    static class Greeting {
        @GetMapping("/greeting")
        String greet() {
            return "hello";
        }
    }
}
