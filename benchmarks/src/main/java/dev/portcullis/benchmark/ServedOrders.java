package dev.portcullis.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A small JSON service in embedded Tomcat, in a JVM of its own, with the gate in front of it or without. */
public final class ServedOrders {

    private ServedOrders() {}

    /** Starts the service: {@code bare}, or {@code gated} and the issuer's address. Prints its port, then waits to be killed. */
    public static void main(String[] arguments) throws Exception {
        var gate = arguments[0].equals("gated") ? gate(arguments[1]) : null;
        try (var service = GatedTomcat.start(gate, new Orders(), "/api/orders")) {
            System.out.println(service.port());
            service.await();
        }
    }

    private static Gate gate(String issuer) {
        return Gate.builder(PolicyFile.parse("benchmark.yml", POLICY.formatted(issuer), name -> null))
                .build();
    }

    /** All six checks; the schema is there too, though a GET has nothing for it to read. */
    static final String POLICY = """
            portcullis:
              issuers: { main: { issuer: "%s", audiences: [orders-api] } }
              policies:
                orders:
                  paths: [/api/**]
                  ip: { allow: [127.0.0.0/8], deny: [203.0.113.0/24] }
                  cors: { origins: [https://app.example.com], methods: [GET, POST] }
                  authenticate: [jwt]
                  authorize: { scopes: [orders:read] }
                  rate-limits: { burst: { permits: 1000000000, per: 1m, by: client } }
                  body: { schema: '{"type":"object"}' }
                  attacks: { mode: enforce, level: balanced }
            """;

    /** Answers with a list of ten orders. */
    private static final class Orders extends HttpServlet {

        private static final long serialVersionUID = 1;
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            JSON.writeValue(response.getOutputStream(), List.copyOf(ORDERS));
        }

        private static final List<Map<String, Object>> ORDERS = java.util.stream.IntStream.range(0, 10)
                .mapToObj(i -> Map.<String, Object>of("id", i, "item", "portcullis, wrought iron", "quantity", i + 1))
                .toList();
    }
}
