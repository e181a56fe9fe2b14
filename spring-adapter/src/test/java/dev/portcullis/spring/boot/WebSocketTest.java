package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** WebSockets behind the gate: real handshakes with Tomcat. */
class WebSocketTest {

    private static final String POLICIES = """
            portcullis:
              response-headers: { preset: api }
              policies:
                shop: { paths: [/shop], public: true, cors: { origins: [https://app.example.com] } }
                house: { paths: [/house], public: true }
                rehearsed: { paths: [/rehearsed], public: true, mode: observe }
            """;

    /** Says everything again. */
    public static final class Echo extends Endpoint {

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText("again " + text));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Sockets {

        @Bean
        ServletContextListener echoes() {
            return new ServletContextListener() {

                @Override
                public void contextInitialized(ServletContextEvent event) {
                    for (var path : List.of("/shop", "/house", "/rehearsed", "/forgotten")) {
                        add(event.getServletContext(), path);
                    }
                }
            };
        }

        private static void add(ServletContext context, String path) {
            try {
                ((ServerContainer) context.getAttribute(ServerContainer.class.getName()))
                        .addEndpoint(ServerEndpointConfig.Builder.create(Echo.class, path)
                                .build());
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What comes back for a word, or the status of a handshake that was denied. */
    private static String say(Booted application, String path, String... headers) throws Exception {
        var port = application.context().getEnvironment().getRequiredProperty("local.server.port");
        var answer = new CompletableFuture<String>();
        var opening = HttpClient.newHttpClient().newWebSocketBuilder();
        for (var i = 0; i < headers.length; i += 2) {
            opening.header(headers[i], headers[i + 1]);
        }
        try {
            var socket = opening.buildAsync(URI.create("ws://127.0.0.1:" + port + path), new WebSocket.Listener() {

                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                            answer.complete(text.toString());
                            return null;
                        }
                    })
                    .join();
            socket.sendText("hello", true);
            var said = answer.get(30, TimeUnit.SECONDS);
            socket.abort();
            return said;
        } catch (CompletionException e) {
            return String.valueOf(
                    ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode());
        }
    }

    @Test
    void areOpenedByPagesOfNamedOriginsAndOfTheSameSite() throws Exception {
        try (var application = Booted.with(POLICIES, Sockets.class)) {
            assertThat(say(application, "/shop", "Origin", "https://app.example.com"))
                    .isEqualTo("again hello");
            assertThat(say(application, "/shop", "Origin", "http://127.0.0.1:3000"))
                    .isEqualTo("again hello");
            assertThat(say(application, "/shop", "Origin", "https://evil.example"))
                    .isEqualTo("403");
            assertThat(say(application, "/house", "Origin", "http://127.0.0.1:3000"))
                    .isEqualTo("again hello");
            assertThat(say(application, "/house", "Origin", "https://app.example.com"))
                    .isEqualTo("403");
            assertThat(say(application, "/rehearsed", "Origin", "https://evil.example"))
                    .isEqualTo("again hello");
        }
    }

    @Test
    void areOpenedByWhoeverIsNoBrowser() throws Exception {
        try (var application = Booted.with(POLICIES, Sockets.class)) {
            assertThat(say(application, "/shop")).isEqualTo("again hello");
            assertThat(say(application, "/forgotten")).isEqualTo("403");
        }
    }

    @Test
    void askForTheOriginAlsoWhereNoPolicyCoversThem() throws Exception {
        try (var application = Booted.with("portcullis: { otherwise: proceed }", Sockets.class)) {
            assertThat(say(application, "/forgotten", "Origin", "https://evil.example"))
                    .isEqualTo("403");
            assertThat(say(application, "/forgotten", "Origin", "http://127.0.0.1"))
                    .isEqualTo("again hello");
        }
    }
}
