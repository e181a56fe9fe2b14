package dev.portcullis.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The management endpoint on the Boot of this lane: parameters that may be absent, and what it writes. */
class ManagementTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    private static HttpResponse<String> send(
            ConfigurableApplicationContext context, String method, String path, String body)
            throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/portcullis" + path))
                .header("X-API-Key", "key")
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void readsAndWrites() throws IOException, InterruptedException {
        try (var context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.endpoints.web.exposure.include=portcullis",
                "--portcullis.clients.acme.api-keys[0]=sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683",
                "--portcullis.policies.operators.paths=/actuator/portcullis,/actuator/portcullis/**",
                "--portcullis.policies.operators.authenticate[0]=api-key")) {
            assertThat(send(context, "GET", "", "").body())
                    .contains("\"digest\":\"")
                    .contains("\"ready\":true");
            assertThat(send(context, "GET", "/routes", "").body()).contains("\"access\":\"AUTHENTICATED\"");
            assertThat(send(context, "GET", "/usage?tenant=a", "").body()).isEqualTo("[]");
            assertThat(send(context, "GET", "/numbers", "").body()).contains("portcullis_requests_total");
            var order = "{\"what\":\"subject\",\"value\":\"alice\",\"reason\":\"stolen\"}";
            var done = send(context, "POST", "/revoke", order);
            assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
            assertThat(done.body()).contains("\"by\":\"acme@clients\"");
            assertThat(send(context, "POST", "/deny", order).statusCode()).isEqualTo(400);
            var id = done.body().replaceFirst(".*?\"id\":\"([0-9a-f]+)\".*", "$1");
            assertThat(send(context, "GET", "/denials", "").body()).contains(id);
            assertThat(send(context, "DELETE", "/denials/" + id, "").statusCode())
                    .isEqualTo(200);
            assertThat(send(context, "GET", "/denials", "").body()).isEqualTo("[]");
        }
    }
}
