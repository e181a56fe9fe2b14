package dev.portcullis.benchmark;

import dev.portcullis.config.Gate;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A container in this JVM with the gate in front of a servlet, which is slow on one path. */
interface Flooded extends AutoCloseable {

    /** Where it listens on the loopback. */
    int port();

    @Override
    void close() throws IOException;

    /** Starts {@code tomcat} or {@code jetty}. */
    static Flooded on(String container, Gate gate) throws Exception {
        return container.equals("jetty")
                ? jetty(new PortcullisFilter(gate, Routes.UNKNOWN))
                : GatedTomcat.start(gate, new Work(), "/");
    }

    private static Flooded jetty(PortcullisFilter filter) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        var holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new Work(), "/");
        server.setHandler(context);
        server.start();
        return new Flooded() {

            @Override
            public int port() {
                return connector.getLocalPort();
            }

            @Override
            public void close() throws IOException {
                LifeCycle.stop(server);
            }
        };
    }

    /** Says something, after a while on the slow path. */
    final class Work extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/slow")) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            response.getOutputStream().print("done");
        }
    }
}
