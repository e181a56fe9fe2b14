package dev.portcullis.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A small JSON service in embedded Tomcat, in a JVM of its own, with the gate in front of it or without. */
public final class ServedOrders {

    private ServedOrders() {}

    /** Starts the service: {@code bare}, or {@code gated} and the issuer's address. Prints its port, then waits to be killed. */
    public static void main(String[] arguments) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("orders").toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        var context = tomcat.addContext("", null);
        if (arguments[0].equals("gated")) {
            gate(context, arguments[1]);
        }
        Tomcat.addServlet(context, "orders", new Orders()).addMapping("/api/orders");
        tomcat.start();
        System.out.println(tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }

    private static void gate(Context context, String issuer) {
        var policies = PolicyFile.parse("benchmark.yml", POLICY.formatted(issuer), name -> null);
        var definition = new FilterDef();
        definition.setFilterName("portcullis");
        definition.setFilter(new PortcullisFilter(Gate.builder(policies).build(), Routes.UNKNOWN));
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("portcullis");
        mapping.addURLPattern("/*");
        EnumSet.allOf(DispatcherType.class).forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
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
