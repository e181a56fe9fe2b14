package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.http.RecordedWire;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which pages may open a WebSocket, by the words that speak of a route. */
class HandshakesTest {

    private static final String POLICIES = """
            policies:
              named: { paths: [/named/**], public: true, cors: { origins: [https://app.example.com] } }
              plain: { paths: [/plain/**], public: true }
              rehearsed: { paths: [/rehearsed], public: true, mode: observe }
              half: { paths: [/half], public: true, cors: { origins: [https://app.example.com], mode: observe } }
            """;
    private static final Endpoint HANDLER = new Endpoint(
            "Chat.open",
            List.of("/plain/chat"),
            Set.of("GET"),
            List.of(new Word.Written(
                    Word.Level.METHOD,
                    "Chat.open",
                    Policy.builder()
                            .open()
                            .cors(new CrossOrigin(
                                    List.of("https://chat.example.com"), null, null, null, null, null, null))
                            .build())));

    private static RecordedWire handshake(String path, String origin) {
        return get(path)
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Origin", origin);
    }

    @Test
    void asksTheNearestWordThatNamesOrigins() {
        try (var gate = gate(POLICIES, HANDLER)) {
            assertThat(outcome(gate, handshake("/named/x", "https://app.example.com")))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, handshake("/named/x", "https://evil.example")))
                    .isEqualTo("named.websocket-origin 403 origin-denied");
            assertThat(outcome(gate, handshake("/plain/x", "https://app.example.com")))
                    .isEqualTo("plain.websocket-origin 403 origin-denied");
            assertThat(outcome(gate, handshake("/plain/x", "https://example.com")))
                    .isEqualTo("proceed");
            var chat = Gates.to(handshake("/plain/chat", "https://chat.example.com"), "Chat.open");
            assertThat(outcome(gate, chat)).isEqualTo("proceed");
            var other = Gates.to(handshake("/plain/chat", "https://app.example.com"), "Chat.open");
            assertThat(outcome(gate, other)).isEqualTo("Chat.open.websocket-origin 403 origin-denied");
        }
    }

    @Test
    void hasTheModeOfTheWordThatNamesOrigins() {
        try (var gate = gate(POLICIES)) {
            assertThat(outcome(gate, handshake("/rehearsed", "https://evil.example")))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, handshake("/half", "https://evil.example")))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void asksAlsoWhereNoPolicyCoversTheRequest() {
        try (var gate = gate("otherwise: proceed")) {
            assertThat(outcome(gate, handshake("/", "https://evil.example")))
                    .isEqualTo("websocket-origin 403 origin-denied");
            assertThat(outcome(gate, handshake("/", "https://example.com"))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/").with("Origin", "https://evil.example")))
                    .isEqualTo("proceed");
        }
    }
}
