package dev.portcullis.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.fixture.RawHttp;
import dev.portcullis.fixture.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlainServletTest {

    private static RawResponse get(PlainServlet application, String target, String header) throws IOException {
        return RawHttp.to("127.0.0.1", application.port())
                .send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n");
    }

    @Test
    void standsBehindItsPolicies() throws Exception {
        try (var application = new PlainServlet(PlainServlet.builtIn(), 0)) {
            assertThat(get(application, "/hello?name=world", "").text()).contains("hello, whoever you are");
            assertThat(get(application, "/hello?name=%3Cscript%3Ealert(1)%3C/script%3E", "")
                            .text())
                    .contains("attack-detected");
            assertThat(get(application, "/private/x", "").text()).contains("authentication-required");
            assertThat(get(application, "/private/x", "X-API-Key: demo-key\r\n").text())
                    .contains("hello, demo");
            assertThat(get(application, "/elsewhere", "").text()).contains("no-policy");
        }
    }
}
