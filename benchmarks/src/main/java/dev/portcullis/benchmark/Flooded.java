package dev.portcullis.benchmark;

import dev.portcullis.config.Gate;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
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
        var filter = new PortcullisFilter(gate, Routes.UNKNOWN);
        return container.equals("jetty") ? jetty(filter) : tomcat(filter);
    }

    private static Flooded tomcat(PortcullisFilter filter) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("flood").toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        var context = tomcat.addContext("", null);
        var definition = new FilterDef();
        definition.setFilterName("portcullis");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("portcullis");
        mapping.addURLPattern("/*");
        EnumSet.allOf(DispatcherType.class).forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, "work", new Work()).addMapping("/");
        tomcat.start();
        return new Flooded() {

            @Override
            public int port() {
                return tomcat.getConnector().getLocalPort();
            }

            @Override
            public void close() throws IOException {
                try {
                    tomcat.stop();
                    tomcat.destroy();
                } catch (LifecycleException e) {
                    throw new IOException(e);
                }
            }
        };
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
