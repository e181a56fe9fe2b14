package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Outcome;
import dev.portcullis.http.RecordedWire;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DesignExampleTest {

    static final String KEY = "a-key-of-acme-0123456789abcdef";

    static final String YAML = """
      portcullis:
        otherwise: deny                          # deny (default) | proceed: what no policy covers
        forwarded: { trusted: [10.0.0.0/8], address: x-forwarded-for, scheme: x-forwarded-proto, host: x-forwarded-host }
        issuers:
          main: { issuer: https://idp.example.com/realms/shop, audiences: [orders-api] }
        clients:
          acme: { api-keys: [ "sha256:%s" ], scopes: [orders:read], tier: gold }
        policies:
          partners:
            paths: [/api/partners/**]
            methods: [GET, POST]
            mode: enforce
            ip: { allow: [203.0.113.0/24], deny: [] }
            cors: { origins: [https://app.example.com], methods: [GET, POST], credentials: true }
            authenticate: [jwt, api-key]
            authorize: { scopes: [orders:write] }
            rate-limits:
              burst: { permits: 100, per: 1m, by: client }
              hourly: { permits: 1000, per: 1h, by: client, on-failure: local }
            body: { max-size: 64KB, schema: classpath:schemas/order.json }
            attacks: { mode: observe, level: balanced }
      """;

    static Gate gate(String yaml) {
        var file = PolicyFile.parse("portcullis.yml", yaml, name -> null);
        return Gate.builder(file)
                .resources(Schemas.of(Map.of("classpath:schemas/order.json", "{\"type\":\"object\"}")))
                .build();
    }

    @Test
    void compilesAndDecides() {
        try (var gate = gate(YAML.formatted(Digest.sha256(KEY.getBytes())))) {
            var wire = RecordedWire.of("GET", "/api/partners/orders")
                    .with("Host", "x")
                    .with("X-API-Key", KEY);
            assertThat(stop(gate, wire.from("203.0.113.9"))).isEqualTo("partners.authorization insufficient-scope");
            assertThat(stop(gate, wire.from("192.0.2.1"))).isEqualTo("partners.ip address-denied");
            assertThat(gate.engine().policies().digest()).hasSize(64);
        }
    }

    static String stop(Gate gate, RecordedWire wire) {
        var outcome = gate.engine().evaluate(gate.view(wire));
        return outcome instanceof Outcome.Stop stop
                ? stop.rule() + " " + stop.reply().code()
                : "proceed";
    }
}
