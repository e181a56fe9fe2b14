package dev.portcullis.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Header;
import dev.portcullis.Principal;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.outbound.Outbound.Part;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Outbound ALL = Outbound.to(
            List.of("orders.example.com", "stock.example.com:8443", "127.0.0.1:9090", "[::1]", "localhost"),
            EnumSet.allOf(Part.class));

    private static Principal caller(String proof, Map<String, Object> claims) {
        return new Principal(
                "alice", Principal.Kind.USER, "main", "web", null, null, Set.of(), Set.of(), claims, proof);
    }

    private static List<String> along(
            Outbound outbound, String target, String authorization, @Nullable Principal caller) {
        var request = RecordedWire.of("GET", "/")
                .with("Authorization", authorization)
                .with("Cookie", "session=secret")
                .with("traceparent", TRACE)
                .view();
        return outbound.along(URI.create(target), request, caller).stream()
                .map(Header::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://orders.example.com/a",
                "https://ORDERS.example.com:443/",
                "https://stock.example.com:8443",
                "http://127.0.0.1:9090/x",
                "https://[::1]/",
                "http://[0:0::1]/",
                "http://localhost/x"
            })
    void takesTokenAndTraceToNamedHosts(String target) {
        assertThat(along(ALL, target, "Bearer t", caller("jwt", Map.of())))
                .containsExactly("Authorization", "traceparent", "X-Request-Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://orders.example.com/",
                "https://orders.example.com:8443/",
                "https://evil.orders.example.com/",
                "https://orders.example.com.evil.example/",
                "https://orders.example.com@evil.example/",
                "https://user@orders.example.com/",
                "https://stock.example.com/",
                "http://127.0.0.1/",
                "http://127.0.0.1:9091/",
                "https://orders.example.com./",
                "ftp://orders.example.com/",
                "/relative",
                "https:opaque",
                "https:///nowhere",
                "http://localhost:81/",
                "https://orders%2eexample.com/"
            })
    void takesNothingAnywhereElse(String target) {
        assertThat(along(ALL, target, "Bearer t", caller("jwt", Map.of()))).isEmpty();
        assertThat(along(Outbound.NOWHERE, target, "Bearer t", caller("jwt", Map.of())))
                .isEmpty();
    }

    @Test
    void takesNoTokenThatTheGateHasNotAccepted() {
        var target = "https://orders.example.com/";
        assertThat(along(ALL, target, "Bearer t", null)).containsExactly("traceparent", "X-Request-Id");
        assertThat(along(ALL, target, "Bearer t", caller("api-key", Map.of())))
                .containsExactly("traceparent", "X-Request-Id");
    }

    @Test
    void refusesATokenThatIsBoundToItsSender() {
        var bound = caller("jwt", Map.of("cnf", Map.of("jkt", "x")));
        assertThatThrownBy(() -> along(ALL, "https://orders.example.com/", "Bearer t", bound))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound to its sender")
                .hasMessageNotContaining("Bearer t");
        assertThatThrownBy(() -> along(ALL, "https://orders.example.com/", "DPoP t", caller("jwt", Map.of())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(along(ALL, "https://elsewhere.example/", "Bearer t", bound)).isEmpty();
        var traceAlone = Outbound.to(List.of("orders.example.com"), Set.of(Part.TRACEPARENT));
        assertThat(along(traceAlone, "https://orders.example.com/", "Bearer t", bound))
                .containsExactly("traceparent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, x"
            })
    void takesNoTraceThatIsNone(String sent) {
        var request = RecordedWire.of("GET", "/").with("traceparent", sent).view();
        assertThat(ALL.along(URI.create("https://orders.example.com/"), request, null))
                .extracting(Header::name)
                .containsExactly("X-Request-Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.example.com",
                "https://orders.example.com",
                "orders.example.com/",
                "orders.example.com:0",
                "orders.example.com:65536",
                "user@orders.example.com",
                "[::zz]",
                "a b",
                "orders.example.com:"
            })
    void isOfHostsAlone(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> Outbound.to(List.of(host), Set.of(Part.AUTHORIZATION)));
        assertThatIllegalArgumentException().isThrownBy(() -> Outbound.to(List.of(), Set.of(Part.AUTHORIZATION)));
    }

    @Test
    void takesTheTokenBehindOneBlankWhateverTheCallerWrote() {
        var request =
                RecordedWire.of("GET", "/").with("Authorization", "bearer   t").view();
        assertThat(ALL.along(URI.create("http://localhost/x"), request, caller("jwt", Map.of())))
                .contains(new Header("Authorization", "Bearer t"));
    }
}
