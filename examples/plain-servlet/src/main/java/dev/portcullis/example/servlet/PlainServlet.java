package dev.portcullis.example.servlet;

import dev.portcullis.audit.JsonLog;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** One servlet in embedded Jetty, behind the policies of {@code portcullis.yml}. It listens on the loopback address. */
public final class PlainServlet implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final Gate gate;

    /** Starts the application on a port; 0 for a free one. */
    public PlainServlet(PolicyFile policies, int port) throws Exception {
        gate = Gate.builder(policies)
                .listener(JsonLog.toLogger(Clock.systemUTC()))
                .build();
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        var filter = new FilterHolder(new PortcullisFilter(gate, Routes.UNKNOWN));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new Greeting()), "/");
        server.setHandler(context);
        server.start();
    }

    /** Starts the application with the policy file that is named, or the one in the jar, on {@code PORT} or 8080. */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        var application =
                new PlainServlet(arguments.length > 0 ? PolicyFile.read(Path.of(arguments[0])) : builtIn(), port);
        System.out.printf("The gate is up. Try: curl -i 'http://127.0.0.1:%d/hello?name=world'%n", application.port());
        application.server.join();
    }

    /** The policies that come with the application. */
    static PolicyFile builtIn() throws IOException {
        try (var in = PlainServlet.class.getResourceAsStream("/portcullis.yml")) {
            if (in == null) {
                throw new IOException("portcullis.yml is not in the jar");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PolicyFile.parse("portcullis.yml", text, System::getenv);
        }
    }

    /** The port that the application listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        gate.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    /** Greets whoever calls. */
    private static final class Greeting extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var caller = request.getRemoteUser();
            response.setContentType("text/plain; charset=utf-8");
            response.getWriter().println("hello, " + (caller == null ? "whoever you are" : caller));
        }
    }
}
